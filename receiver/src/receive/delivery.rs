//! What is known of a delivery that its vendor sent and whose event could be read.

use offhook_validator::Report;

use crate::signature::Genuine;

/// A genuine delivery, with the event that it brings.
///
/// With the feature `axum` it is an extractor. A handler that takes one is called for genuine
/// deliveries alone; one that takes a `Result` can log what it rejects, and should:
///
#[cfg_attr(feature = "axum", doc = "```")]
#[cfg_attr(not(feature = "axum"), doc = "```ignore")]
/// use std::sync::Arc;
///
/// use axum::extract::{FromRef, State};
/// use axum::{Router, http::StatusCode, routing::post};
/// use offhook::dialstack::{self, Event};
/// use offhook_receiver::{Claim, Delivery, Idempotency, InMemory, Receiver, Rejection};
///
/// #[derive(Clone)]
/// struct App {
///     receiver: Receiver<Event>,
///     seen: Arc<InMemory>,
/// }
///
/// impl FromRef<App> for Receiver<Event> {
///     fn from_ref(app: &App) -> Self {
///         app.receiver.clone()
///     }
/// }
///
/// async fn receive(
///     State(app): State<App>,
///     delivery: Result<Delivery<Event>, Rejection>,
/// ) -> Result<StatusCode, Rejection> {
///     let delivery = delivery.inspect_err(|rejection| eprintln!("{rejection}"))?;
///     Ok(match app.seen.claim(delivery.id()) {
///         Ok(Claim::New(guard)) => {
///             println!("{}", offhook_runtime::visible(delivery.event().name()));
///             guard.done();
///             StatusCode::NO_CONTENT
///         }
///         Ok(Claim::Done) => StatusCode::NO_CONTENT,
///         Ok(Claim::InProgress) | Err(_) => StatusCode::SERVICE_UNAVAILABLE,
///     })
/// }
///
/// let receiver = Receiver::new(dialstack::SCHEMA, ["secret"])?;
/// let app = App { receiver, seen: Arc::new(InMemory::new(100_000)) };
/// let router: Router = Router::new().route("/dialstack", post(receive)).with_state(app);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery<E> {
    pub(super) event: E,
    pub(super) report: Report,
    pub(super) id: String,
    pub(super) account: Option<String>,
    pub(super) genuine: Genuine,
}

impl<E> Delivery<E> {
    /// The event.
    pub fn event(&self) -> &E {
        &self.event
    }

    /// The event alone.
    pub fn into_event(self) -> E {
        self.event
    }

    /// In what the payload deviates from the vendor's document: what to log.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// What all deliveries of the same event have in common, and those of no other event of this
    /// vendor: what to [claim](super::Idempotency::claim) before the event is handled.
    ///
    /// It is covered by the signature. In Standard Webhooks it is the header `webhook-id`. Otherwise
    /// it is the member of the payload that the vendor's `vendor.json` names as the `id`: Daily and
    /// `DialStack` have one. Where there is none, as with `VoiceBlender`, it is the SHA-256 of the
    /// body in lowercase hex: a sender that tries again sends the same bytes. The same holds for a
    /// member that is not a string, is empty or has nothing but white space in it.
    ///
    /// It has at most 256 bytes. In the place of a longer one, it is the SHA-256 of the longer one
    /// in lowercase hex.
    ///
    /// Two vendors may have the same ids: keep those of each apart. An id can be any text: log it
    /// through [`offhook_runtime::visible`].
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The account that the delivery is for, by the vendor's header: `X-DialStack-Account-Id` of
    /// `DialStack`. None if the scheme has no such header, or the delivery has none, has several, or
    /// has one that is no text.
    ///
    /// Nothing signs this header. Who intercepts a delivery can change it; what is signed is the
    /// event's own `account_id`. It is good for routing and logs, not for access.
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// When the vendor made this attempt at delivery, in seconds since 1970: the time of signing.
    /// None if the scheme signs no time, as that of `VoiceBlender`.
    ///
    /// It is later on each attempt; when the event took place, the event says.
    pub fn attempted_at(&self) -> Option<u64> {
        self.genuine.signed_at()
    }

    /// What its signature says of the delivery: which secret it was made with, and when.
    pub fn genuine(&self) -> Genuine {
        self.genuine
    }
}
