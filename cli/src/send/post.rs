//! Headers and a body to a receiver, and what it answers.

use std::io::Read;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::config::AutoHeaderValue;
use ureq::http::{HeaderName, HeaderValue, Request, Uri};

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
        let outcome = self.outcome(headers, body, timeout, start);
        match outcome {
            Ok((mut response, took)) => {
                let mut beginning = Vec::new();
                let reader = response.body_mut().as_reader();
                // What came until it broke off is worth showing.
                let _ = reader.take(MOST).read_to_end(&mut beginning);
                Answer { took, outcome: Ok(Response { status: response.status(), beginning }) }
            }
            Err(failure) => Answer { took: start.elapsed(), outcome: Err(failure) },
        }
    }

    fn outcome(
        &self,
        headers: &[(&'static str, String)],
        body: &[u8],
        timeout: Duration,
        start: Instant,
    ) -> Result<(ureq::http::Response<ureq::Body>, Duration), Failure> {
        let mut request = Request::post(self.url.clone())
            .body(body)
            .map_err(|error| Failure::Other(error.to_string()))?;
        for (name, value) in headers {
            let name =
                HeaderName::try_from(*name).map_err(|error| Failure::Other(error.to_string()))?;
            let value =
                HeaderValue::try_from(value).map_err(|error| Failure::Other(error.to_string()))?;
            request.headers_mut().append(name, value);
        }
        let request = self.agent.configure_request(request).timeout_global(Some(timeout)).build();
        match self.agent.run(request) {
            Ok(response) => Ok((response, start.elapsed())),
            Err(ureq::Error::Timeout(_)) => Err(Failure::Late(timeout)),
            Err(ureq::Error::HostNotFound) => Err(Failure::Other("no such host".to_owned())),
            Err(ureq::Error::Io(cause)) => Err(Failure::Other(cause.to_string())),
            Err(error) => Err(Failure::Other(error.to_string())),
        }
    }
}
