//! Receives the webhooks of Daily, `DialStack` and `VoiceBlender` with axum, a route each.
//!
//! ```sh
//! export DAILY_SECRET=… DIALSTACK_SECRET=… VOICEBLENDER_SECRET=…
//! cargo run -p offhook-load-test --bin receive_axum -- 127.0.0.1:8080
//! ```
//!
//! Then point the vendors at `/daily`, `/dialstack` and `/voiceblender`. While a secret is being
//! replaced, give both, with a space between them.
//!
//! What to copy from it, and why it is so:
//!
//! - A handler takes a `Result`, so that every rejection is logged; the sender sees less of it.
//! - An event is claimed by its id, put into a queue, and acknowledged: a vendor that waits too long
//!   tries again. If the queue is full, the answer is 503, the id is given back, and the vendor does
//!   the waiting. What is in this queue is lost when the process dies: where that matters, put
//!   events into a database or a broker here, with their ids.
//! - A request has five seconds, its body included: less than any vendor waits. The headers are not
//!   timed by `axum::serve`: a proxy before it does that, and TLS.
//! - Names and ids can be any text. They are logged through `offhook::visible`, so that nobody forges
//!   log lines or commands the terminal that shows them.
//! - On `SIGTERM` or Ctrl-C what is being received is finished, and the queues are emptied.

use std::env;
use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::routing::{MethodRouter, post};
use offhook::{Payload, daily, dialstack, visible, voiceblender};
use offhook_receiver::{
    Claim, Delivery, Idempotency as _, InMemory, Receiver, Rejection, UnknownEvents,
};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tower_http::timeout::TimeoutLayer;

/// How long a request may take.
const TIMEOUT: Duration = Duration::from_secs(5);

/// How many events of a vendor may wait.
const WAITING: usize = 1_000;

/// How many ids of a vendor are kept: some ten minutes of them, at 1,000 events a second.
const IDS: usize = 600_000;

/// What receives one vendor's deliveries.
struct Vendor<E> {
    receiver: Receiver<E>,
    seen: Arc<InMemory>,
    queue: mpsc::Sender<Delivery<E>>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let mut workers = JoinSet::new();
    let router = Router::new()
        .route("/daily", vendor(&mut workers, daily::SCHEMA, "DAILY_SECRET", on_daily)?)
        .route(
            "/dialstack",
            vendor(&mut workers, dialstack::SCHEMA, "DIALSTACK_SECRET", on_dialstack)?,
        )
        .route(
            "/voiceblender",
            vendor(&mut workers, voiceblender::SCHEMA, "VOICEBLENDER_SECRET", on_voiceblender)?,
        )
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, TIMEOUT));
    let listener = TcpListener::bind(address.parse::<SocketAddr>()?).await?;
    println!("listening on {}", listener.local_addr()?);
    axum::serve(listener, router).with_graceful_shutdown(told_to_stop()).await?;
    // With the router the queues' senders are gone: workers end when nothing waits any more.
    workers.join_all().await;
    Ok(())
}

/// The route of a vendor, and beside it the worker that handles what the route has received.
fn vendor<E: Payload + Send + 'static>(
    workers: &mut JoinSet<()>,
    schema: &str,
    secrets: &str,
    handle: fn(&E) -> String,
) -> Result<MethodRouter, Box<dyn Error>> {
    let secrets = env::var(secrets).map_err(|error| format!("{secrets}: {error}"))?;
    // A new event is worth a log line, and no reason to make the vendor try again.
    let receiver = Receiver::new(schema, secrets.split_whitespace())?;
    let receiver = receiver.unknown_events(UnknownEvents::HandOver);
    let (queue, mut waiting) = mpsc::channel::<Delivery<E>>(WAITING);
    workers.spawn(async move {
        while let Some(delivery) = waiting.recv().await {
            let (id, said) = (visible(delivery.id()), handle(delivery.event()));
            println!("{} {id} {}", E::VENDOR, visible(&said));
        }
    });
    let vendor = Vendor { receiver, seen: Arc::new(InMemory::new(IDS)), queue };
    Ok(post(receive::<E>).with_state(vendor))
}

async fn receive<E: Payload + Send + 'static>(
    State(vendor): State<Vendor<E>>,
    delivery: Result<Delivery<E>, Rejection>,
) -> Result<StatusCode, Rejection> {
    let delivery = delivery.inspect_err(|rejection| {
        eprintln!("{} {} {rejection}", E::VENDOR, rejection.status());
    })?;
    if !delivery.report().is_valid() {
        eprintln!("{} deviates: {}", E::VENDOR, delivery.report());
    }
    let id = delivery.id().to_owned();
    Ok(match vendor.seen.claim(&id) {
        Ok(Claim::New(guard)) => match vendor.queue.try_send(delivery) {
            Ok(()) => {
                guard.done();
                StatusCode::NO_CONTENT
            }
            Err(error) => {
                eprintln!("{} 503 {}: {error}", E::VENDOR, visible(&id));
                StatusCode::SERVICE_UNAVAILABLE
            }
        },
        Ok(Claim::Done) => StatusCode::NO_CONTENT,
        Ok(Claim::InProgress) => StatusCode::SERVICE_UNAVAILABLE,
        Err(error) => {
            eprintln!("{} 503 {error}", E::VENDOR);
            StatusCode::SERVICE_UNAVAILABLE
        }
    })
}

fn on_daily(event: &daily::Event) -> String {
    event.name().to_owned()
}

fn on_dialstack(event: &dialstack::Event) -> String {
    match event {
        dialstack::Event::CallEnd(call) => format!("a call took {} s", call.data.duration_seconds),
        dialstack::Event::Unknown(event) => format!("{} is not documented", event.name),
        event => event.name().to_owned(),
    }
}

fn on_voiceblender(event: &voiceblender::Event) -> String {
    event.name().to_owned()
}

/// Waits for `SIGTERM` or Ctrl-C.
async fn told_to_stop() {
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<Option<()>>();
    tokio::select! {
        _ = terminated => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

impl<E> FromRef<Vendor<E>> for Receiver<E> {
    fn from_ref(vendor: &Vendor<E>) -> Self {
        vendor.receiver.clone()
    }
}

// By hand, as an `E` need not be one.
impl<E> Clone for Vendor<E> {
    fn clone(&self) -> Self {
        let (receiver, seen) = (self.receiver.clone(), Arc::clone(&self.seen));
        Self { receiver, seen, queue: self.queue.clone() }
    }
}
