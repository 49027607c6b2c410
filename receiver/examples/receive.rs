//! Receives deliveries without a framework: headers and a body in, a status and a body out.
//!
//! ```sh
//! cargo run -p offhook-receiver --example receive
//! ```
//!
//! `answer` is all that a server needs to call; `main` is the server and the vendor in one.

use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

use offhook::dialstack::{self, Event};
use offhook::visible;
use offhook_receiver::signature::{Scheme, Signer};
use offhook_receiver::{Claim, Idempotency, InMemory, Receiver};

fn answer(
    receiver: &Receiver<Event>,
    seen: &dyn Idempotency,
    headers: &[(&str, String)],
    body: &[u8],
) -> (u16, String) {
    let delivery = match receiver.receive(headers.iter().map(|(n, v)| (n, v)), body) {
        Ok(delivery) => delivery,
        Err(rejection) => return (rejection.status(), rejection.body()),
    };
    match seen.claim(delivery.id()) {
        Ok(Claim::New(guard)) => {
            match delivery.event() {
                Event::CallEnd(call) => {
                    let id = visible(&call.data.call_id);
                    println!("{id} took {} s", call.data.duration_seconds);
                }
                // A log must not show raw what a sender chose: names of unknown events, and ids.
                event => println!("{} needs no action", visible(event.name())),
            }
            guard.done();
            (204, String::new())
        }
        Ok(Claim::Done) => (204, String::new()),
        Ok(Claim::InProgress) | Err(_) => (503, String::new()),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let receiver = Receiver::new(dialstack::SCHEMA, ["a secret"])?;
    let seen = InMemory::new(100_000);

    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let signer = Signer::new(Scheme::DialStack, "a secret")?;
    let examples = dialstack::EXAMPLES.iter().filter(|example| example.event == "call.end");
    for body in examples.map(|example| example.text.as_bytes()) {
        let headers = signer.sign("", now, body)?;
        assert_eq!(answer(&receiver, &seen, &headers, body).0, 204);
        assert_eq!(answer(&receiver, &seen, &headers, body).0, 204); // Handled once all the same.
        let (status, body) = answer(&receiver, &seen, &headers, b"{}");
        println!("another body: {status} {}", visible(&body));
        assert_eq!((status, body.as_str()), (401, r#"{"error":"unsigned"}"#));
    }
    Ok(())
}

#[test]
fn it_runs() {
    main().unwrap();
}
