//! Headers and a body to a receiver, and what it answers.

use std::io::Read;
use std::time::{Duration, Instant};

use ureq::config::AutoHeaderValue;
use ureq::http::{self, Uri};
use ureq::{Agent, Body, Error};

use super::answer::{Answer, Failure, Response};

/// How much of an answer is read; more than is shown, less than a receiver without end would send.
const MOST: u64 = 1 << 16;

/// Delivers to one address.
pub(super) struct Post {
    agent: Agent,
    url: Uri,
}

impl Post {
    pub(super) fn new(url: Uri) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // What a redirect leads to would be sent a GET without a body.
            .max_redirects(0)
            // A proxy would be one more thing between a receiver and its test.
            .proxy(None)
            // What went wrong with one delivery has nothing to do with the next.
            .max_idle_connections(0)
            .accept(AutoHeaderValue::None)
            .build();
        Self { agent: config.into(), url }
    }

    /// Sends a delivery; all of it, the answer included, may take as long as `timeout`.
    pub(super) fn send(
        &self,
        headers: &[(&'static str, String)],
        body: &[u8],
        timeout: Duration,
    ) -> Answer {
        let start = Instant::now();
        match self.begin(headers, body, timeout) {
            Ok(mut response) => {
                let took = start.elapsed();
                let mut beginning = Vec::new();
                // What came until it broke off is worth showing.
                let _ = response.body_mut().as_reader().take(MOST).read_to_end(&mut beginning);
                Answer { took, outcome: Ok(Response { status: response.status(), beginning }) }
            }
            Err(error) => {
                let failure = match error {
                    Error::Timeout(_) => Failure::Late(timeout),
                    Error::Io(cause) => Failure::Other(cause.to_string()),
                    error => Failure::Other(error.to_string()),
                };
                Answer { took: start.elapsed(), outcome: Err(failure) }
            }
        }
    }

    /// Sends a delivery until an answer begins.
    fn begin(
        &self,
        headers: &[(&'static str, String)],
        body: &[u8],
        timeout: Duration,
    ) -> Result<http::Response<Body>, Error> {
        let mut request = self.agent.post(self.url.clone());
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        request.config().timeout_global(Some(timeout)).build().send(body)
    }
}
