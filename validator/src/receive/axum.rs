//! A request of axum -> a delivery, and a rejection -> a response.

use std::future::poll_fn;
use std::pin::Pin;

use axum_core::body::Body;
use axum_core::extract::{FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use http_body::Body as _;
use offhook::Payload;

use super::{Delivery, Receiver, Rejection};

/// The state is a [`Receiver`], or has one: a type with several derives [`FromRef`] or implements it.
///
/// The body is read once, and no further than the receiver's limit; axum's own limit of bodies is
/// not asked. How long a sender may take is for the server to say, as with `tower_http::timeout`.
impl<S, E> FromRequest<S> for Delivery<E>
where
    S: Send + Sync,
    E: Payload,
    Receiver<E>: FromRef<S>,
{
    type Rejection = Rejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
        let receiver = Receiver::from_ref(state);
        let (head, body) = request.into_parts();
        let body = read(body, receiver.size_limit()).await?;
        receiver.receive(&head.headers, &body)
    }
}

/// Reads a body of at most `limit` bytes.
///
/// Room is made for what has arrived, not for what was announced: a sender who announces much and
/// sends nothing costs nothing.
async fn read(mut body: Body, limit: usize) -> Result<Vec<u8>, Rejection> {
    let too_large = || Rejection::TooLarge { limit };
    if body.size_hint().lower() > limit as u64 {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|error| Rejection::Incomplete(error.into_inner()))?;
        // The other frames are trailers, which nothing signs.
        let Ok(data) = frame.into_data() else { continue };
        if data.len() > limit - bytes.len() {
            return Err(too_large());
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

/// Its [`status`](Rejection::status) and its [`body`](Rejection::body). A 401 has no challenge: there
/// is nothing that a vendor's sender could do about it.
impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status()).expect("the status is one of HTTP's");
        let json = HeaderValue::from_static("application/json");
        (status, [(CONTENT_TYPE, json)], self.body()).into_response()
    }
}
