//! One payload after the other to its receiver, and news of each attempt.

use std::iter;
use std::num::NonZero;
use std::sync::mpsc::{SendError, Sender};
use std::thread;
use std::time::Duration;

use offhook_runtime::text::visible;

use crate::archive::{Owned, Payload, Unreadable, source_name};
use crate::args::Send;
use crate::outcome::Outcome;
use crate::secrets::Secret;
use crate::sender::{Habits, Senders, made_up_id, now};

use super::answer::{Answer, time};
use super::post::Post;

/// By how much `--fast` shortens a wait.
const FAST: u32 = 100;

/// What there is to tell.
#[derive(Debug)]
pub(super) enum News {
    /// What came of an attempt, in lines, and if it was the last one, of its payload.
    Attempt(String, Option<Settled>),
    /// Why a payload was not sent, and the outcome that this is.
    Unsent(String, Outcome),
}

/// What came of a payload.
#[derive(Clone, Copy, Debug)]
pub(super) enum Settled {
    /// With a 2xx.
    Acknowledged,
    /// Answered, to the last, with something else.
    Refused,
    /// The last attempt had no answer.
    Unanswered,
    /// Never sent, with the outcome that this is.
    Unsent(Outcome),
}

impl Settled {
    pub(super) fn outcome(self) -> Outcome {
        match self {
            Self::Acknowledged => Outcome::Valid,
            Self::Refused => Outcome::Invalid,
            Self::Unanswered => Outcome::Incomplete,
            Self::Unsent(outcome) => outcome,
        }
    }
}

/// Nobody is there any more to hear the news.
type Told = Result<(), SendError<News>>;

/// Delivers payloads.
pub(super) struct Courier {
    senders: Senders,
    secret: Secret,
    post: Post,
    attempts: Option<u32>,
    fast: bool,
    timeout: Option<Duration>,
}

impl Courier {
    pub(super) fn new(args: &Send, senders: Senders, secret: Secret) -> Self {
        let timeout = args.timeout.map(|seconds| Duration::from_secs(seconds.get().into()));
        let post = Post::new(args.url.clone());
        let attempts = args.attempts.map(NonZero::get);
        Self { senders, secret, post, attempts, fast: args.fast, timeout }
    }

    /// Sends a payload until it is acknowledged or was sent often enough.
    pub(super) fn deliver(&self, payload: Result<Owned, Unreadable>, news: &Sender<News>) -> Told {
        match payload {
            Ok(owned) => self.send(&owned.payload(), news),
            Err(Unreadable { source, cause }) => {
                let source = source_name(&source);
                let message =
                    format!("cannot read {}: {}", visible(source), visible(&cause.to_string()));
                news.send(News::Unsent(message, Outcome::Incomplete))
            }
        }
    }

    fn send(&self, payload: &Payload<'_>, news: &Sender<News>) -> Told {
        let record = payload.record.map(|line| format!(":{line}")).unwrap_or_default();
        let name = format!("{}{record}", visible(payload.name()));
        let known = self.senders.of(payload.body).and_then(|sender| {
            let signer = self.secret.signer(sender.scheme)?;
            Ok((sender, signer))
        });
        let (sender, signer) = match known {
            Ok(known) => known,
            Err(message) => return unsigned(&name, &message, news),
        };
        let habits = Habits::of(sender.scheme);
        let attempts = self.attempts.unwrap_or(habits.attempts);
        let timeout = self.timeout.unwrap_or(habits.timeout);
        let event = visible(sender.event.as_deref().unwrap_or("unknown event"));
        let (id, mut attempt, mut before) = (made_up_id(), 1, Vec::new());
        loop {
            let headers = match sender.headers(&signer, &id, now(), payload.body) {
                Ok(headers) => headers,
                Err(error) => return unsigned(&name, &error.to_string(), news),
            };
            let answer = self.post.send(&headers, payload.body, timeout);
            let again = (!answer.is_acknowledgement() && attempt < attempts)
                .then(|| habits.wait(attempt) / if self.fast { FAST } else { 1 });
            let next = again.map(|wait| format!("; again in {}", time(wait))).unwrap_or_default();
            let line = answer.line();
            let line = format!("{name}: {event}, attempt {attempt} of {attempts}: {line}{next}");
            let said = answer.beginning();
            // What a receiver repeats need not be told again.
            let shown = said.iter().filter(|_| said != before).map(|line| format!("    {line}"));
            let lines: Vec<_> = iter::once(line).chain(shown).collect();
            let settled = again.is_none().then(|| settled(&answer));
            news.send(News::Attempt(lines.join("\n"), settled))?;
            before = said;
            let Some(wait) = again else { return Ok(()) };
            thread::sleep(wait);
            attempt += 1;
        }
    }
}

/// Tells why a payload was not signed, and so not sent.
fn unsigned(name: &str, why: &str, news: &Sender<News>) -> Told {
    news.send(News::Unsent(format!("cannot sign {name}: {why}"), Outcome::Refused))
}

fn settled(answer: &Answer) -> Settled {
    match answer.status() {
        _ if answer.is_acknowledgement() => Settled::Acknowledged,
        Some(_) => Settled::Refused,
        None => Settled::Unanswered,
    }
}
