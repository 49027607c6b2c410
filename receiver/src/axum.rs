//! A request of axum -> a delivery, and a rejection -> a response.

use std::future::poll_fn;
use std::pin::Pin;

use axum_core::body::Body;
use axum_core::extract::{FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use http_body::Body as _;
use offhook_runtime::Payload;

use crate::receive::{Delivery, Receiver, Rejection};

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

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::error::Error;
    use std::future::Future;
    use std::pin::{Pin, pin};
    use std::task::{Context, Poll, Waker};

    use axum_core::body::Body;
    use axum_core::extract::{FromRef, FromRequest, Request};
    use axum_core::response::IntoResponse as _;
    use bytes::Bytes;
    use http::HeaderMap;
    use http_body::{Body as HttpBody, Frame, SizeHint};
    use offhook::dialstack::{self, Event};

    use offhook_validator::Validator;

    use super::{Delivery, Receiver, Rejection, read};
    use crate::signature::{Scheme, Signer, Verifier};

    const AT: u64 = 1_705_312_530;

    /// A body in frames, which says of its size what it likes.
    struct Frames {
        left: VecDeque<Result<Frame<Bytes>, &'static str>>,
        least: u64,
        /// Whether the frames come again and again.
        endless: bool,
    }

    fn frames(frames: impl IntoIterator<Item = Result<&'static [u8], &'static str>>) -> Frames {
        let frame = |frame: Result<_, _>| frame.map(|data| Frame::data(Bytes::from_static(data)));
        Frames { left: frames.into_iter().map(frame).collect(), least: 0, endless: false }
    }

    impl HttpBody for Frames {
        type Data = Bytes;
        type Error = Box<dyn Error + Send + Sync>;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
            if self.endless {
                return Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[b' '; 1_000])))));
            }
            Poll::Ready(self.left.pop_front().map(|frame| frame.map_err(Into::into)))
        }

        fn size_hint(&self) -> SizeHint {
            let mut hint = SizeHint::new();
            hint.set_lower(self.least);
            hint
        }
    }

    /// What a future comes to that never waits.
    fn ready<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("expected a future that is ready, found one that waits"),
        }
    }

    fn status(outcome: Result<Vec<u8>, Rejection>) -> Result<Vec<u8>, u16> {
        outcome.map_err(|rejection| rejection.status())
    }

    fn read_of(body: Frames, limit: usize) -> Result<Vec<u8>, u16> {
        status(ready(read(Body::new(body), limit)))
    }

    #[test]
    fn a_body_is_read_up_to_the_limit() {
        let parts = || frames([Ok(b"ab".as_slice()), Ok(b""), Ok(b"c")]);
        assert_eq!(read_of(parts(), 3), Ok(b"abc".to_vec()));
        assert_eq!(read_of(parts(), 2), Err(413));
        assert_eq!(read_of(parts(), 0), Err(413));
        assert_eq!(read_of(frames([]), 0), Ok(Vec::new()));
        let endless = Frames { endless: true, ..frames([]) };
        assert_eq!(read_of(endless, 1 << 20), Err(413));
        let mut trailers = parts();
        trailers.left.push_back(Ok(Frame::trailers(HeaderMap::new())));
        assert_eq!(read_of(trailers, 3), Ok(b"abc".to_vec()));
    }

    #[test]
    fn what_a_sender_says_of_the_size_only_ever_refuses() {
        let parts = |least| Frames { least, ..frames([Ok(b"abc".as_slice())]) };
        assert_eq!(read_of(parts(0), 2), Err(413));
        assert_eq!(read_of(parts(2), 2), Err(413));
        assert_eq!(read_of(parts(u64::MAX), 1 << 20), Err(413));
        assert_eq!(read_of(parts(1 << 20), 1 << 20), Ok(b"abc".to_vec()));
    }

    #[test]
    fn a_body_that_breaks_off_is_incomplete() {
        let broken = frames([Ok(b"abc".as_slice()), Err("connection reset")]);
        let rejection = ready(read(Body::new(broken), 10)).unwrap_err();
        assert_eq!(rejection.to_string(), "want a whole body: connection reset");
        assert_eq!(rejection.status(), 400);
    }

    struct App {
        receiver: Receiver<Event>,
    }

    impl FromRef<App> for Receiver<Event> {
        fn from_ref(app: &App) -> Self {
            app.receiver.clone()
        }
    }

    #[test]
    fn a_request_becomes_a_delivery_or_a_response() {
        let validator = Validator::new(dialstack::SCHEMA).unwrap();
        let verifier = Verifier::new(Scheme::DialStack, ["secret"]).unwrap();
        let receiver = Receiver::with(validator, verifier.with_clock(|| AT.cast_signed()));
        let example = &dialstack::EXAMPLES[0];
        let signer = Signer::new(Scheme::DialStack, "secret").unwrap();
        let request = |signed: &[u8]| {
            let mut request = Request::builder().header("X-DialStack-Account-Id", "acct_01");
            for (name, value) in signer.sign("", AT, signed).unwrap() {
                request = request.header(name, value);
            }
            request.body(Body::from(example.text)).unwrap()
        };
        let app = App { receiver: receiver.clone() };
        let delivery: Result<Delivery<Event>, _> =
            ready(Delivery::from_request(request(example.text.as_bytes()), &app));
        let delivery = delivery.unwrap();
        assert_eq!(delivery.event().name(), example.event);
        assert_eq!(delivery.account(), Some("acct_01"));

        let forged: Result<Delivery<Event>, _> =
            ready(Delivery::from_request(request(b"{}"), &receiver));
        let response = forged.unwrap_err().into_response();
        assert_eq!(response.status(), 401);
        assert_eq!(response.headers()["content-type"], "application/json");
        let body = ready(read(response.into_body(), 100)).unwrap();
        assert_eq!(body, br#"{"error":"unsigned"}"#);
    }
}
