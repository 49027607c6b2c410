//! A captured HTTP/1.x request into headers and body, and what of it does not fit together.

use httparse::Error;
use offhook_validator::DEFAULT_MAX_SIZE;

use crate::terminal::counted;

use super::chunks;
use super::headers::{Headers, split};

/// A delivery.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) headers: Headers,
    pub(super) body: Vec<u8>,
    /// What is worth knowing of how it was captured.
    pub(super) notes: Vec<String>,
}

pub(super) fn read(capture: &[u8]) -> Result<Request, String> {
    let (lines, rest) = split(capture);
    let Some((start, lines)) = lines.split_first() else {
        return Err("expected a request, found nothing".to_owned());
    };
    request_line(start).map_err(|message| format!("line 1: {message}"))?;
    let headers = Headers::read(lines, 2)?;
    let mut notes = Vec::new();
    if rest.is_none() {
        notes
            .push("there is no blank line after the headers: the body is taken to be empty".into());
    }
    let body = body(&headers, rest.unwrap_or_default(), &mut notes);
    if body.len() > DEFAULT_MAX_SIZE {
        return Err(format!("expected a body of at most {DEFAULT_MAX_SIZE} bytes, found more"));
    }
    Ok(Request { headers, body, notes })
}

fn request_line(line: &[u8]) -> Result<(), &'static str> {
    if line.starts_with(b"HTTP/") {
        return Err("expected a request, found the answer to one");
    }
    let ended = [line, b"\r\n\r\n"].concat();
    match httparse::Request::new(&mut []).parse(&ended) {
        // Some tools tell of requests of other versions in the same form.
        Ok(_) | Err(Error::Version) => Ok(()),
        Err(_) => Err("want the first line of a request such as `POST /webhooks HTTP/1.1`"),
    }
}

/// The body as its sender signed it, as far as the headers tell where it ends.
fn body(headers: &Headers, rest: &[u8], notes: &mut Vec<String>) -> Vec<u8> {
    let is_chunked = headers.values("Transfer-Encoding").last().is_some_and(|value| {
        let last = value.rsplit(|&byte| byte == b',').next().unwrap_or_default();
        last.trim_ascii().eq_ignore_ascii_case(b"chunked")
    });
    let length = headers.values("Content-Length").collect::<Vec<_>>();
    if is_chunked {
        if !length.is_empty() {
            notes.push("there is a Content-Length beside chunks: the chunks count".into());
        }
        let Some((body, after)) = chunks::joined(rest) else {
            notes.push("the body is not in whole chunks as Transfer-Encoding says: it is taken as it stands".into());
            return rest.to_vec();
        };
        notes.extend(beyond(after));
        return body;
    }
    let length = match length.as_slice() {
        [] => return rest.to_vec(),
        [length] => number(length).ok_or("Content-Length is not a number"),
        _ => Err("there are several Content-Length"),
    };
    match length {
        Ok(length) => {
            let (body, after) = rest.split_at(length.min(rest.len()));
            let missing = length - body.len();
            if missing > 0 {
                notes.push(format!(
                    "the body ends {} before the length that Content-Length says: part of it, or of \
                     its line breaks, was lost",
                    counted(missing, "byte")
                ));
            }
            notes.extend(beyond(after));
            body.to_vec()
        }
        Err(message) => {
            notes.push(format!("{message}: the body is taken as it stands"));
            rest.to_vec()
        }
    }
}

/// What to say of that which follows the body.
fn beyond(after: &[u8]) -> Option<String> {
    let passed_over = match after {
        [] => return None,
        b"\n" | b"\r\n" => {
            "a line break follows the body: whatever saved it has added that".to_owned()
        }
        more => format!("{} follow the body", counted(more.len(), "byte")),
    };
    Some(format!("{passed_over}; it is passed over"))
}

fn number(text: &[u8]) -> Option<usize> {
    let is_decimal = !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(text).ok().filter(|_| is_decimal)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::read;

    /// The body, and how many notes there are.
    fn body(capture: &str) -> Result<(String, usize), String> {
        let request = read(capture.as_bytes())?;
        Ok((String::from_utf8(request.body).unwrap(), request.notes.len()))
    }

    #[test]
    fn bodies_end_where_the_headers_say() {
        for (headers, rest, wanted, notes) in [
            ("Content-Length: 2", "{}", "{}", 0),
            ("content-length:2", "{}\n", "{}", 1),
            ("Content-Length: 2", "{}\r\nPOST", "{}", 1),
            ("Content-Length: 5", "{}", "{}", 1),
            ("Content-Length: 99999999999999999999", "{}", "{}", 1),
            ("Content-Length: +2", "{}\n", "{}\n", 1),
            ("Content-Length: 2\nContent-Length: 2", "{}\n", "{}\n", 1),
            ("Transfer-Encoding: chunked", "2\r\n{}\r\n0\r\n\r\n", "{}", 0),
            ("Transfer-Encoding: gzip, Chunked", "2\n{}\n0\n\n", "{}", 0),
            ("Transfer-Encoding: chunked", "{}\n", "{}\n", 1),
            ("Transfer-Encoding: chunked\nContent-Length: 9", "2\r\n{}\r\n0\r\n\r\n\n", "{}", 2),
            ("X: y", "{}\n", "{}\n", 0),
            ("X: y", "", "", 0),
        ] {
            for end in ["\n", "\r\n"] {
                let head = format!("POST / HTTP/1.1\n{headers}\n\n").replace('\n', end);
                let got = body(&format!("{head}{rest}"));
                assert_eq!(got, Ok((wanted.to_owned(), notes)), "{headers} {rest:?}");
            }
        }
        assert_eq!(body("POST / HTTP/2\nX: y\n"), Ok((String::new(), 1)));
    }

    #[test]
    fn what_is_no_request_is_told_by_its_line() {
        for (capture, start) in [
            ("", "expected a request, found nothing"),
            ("\n{}", "expected a request, found nothing"),
            ("HTTP/1.1 200 OK\n\n", "line 1: expected a request, found the answer"),
            ("{}", "line 1: want the first line"),
            ("\0\0\0\n\n", "line 1: want the first line"),
            ("POST / HTTP/1.1\nX: y\n folded\n\n", "line 3: expected a header, found the folded"),
            ("POST / HTTP/1.1\nX : y\n\n", "line 2: expected a header such as"),
            ("POST / HTTP/1.1\nX: y\0\n\n", "line 2: expected a header such as"),
            ("POST / HTTP/1.1\nX: y\rZ: z\n\n", "line 2: expected a header such as"),
            ("POST / HTTP/1.1\n: y\n\n", "line 2: expected a header such as"),
        ] {
            let error = read(capture.as_bytes()).unwrap_err();
            assert!(error.starts_with(start), "{capture:?}: {error}");
        }
        let many = format!("POST / HTTP/1.1\n{}\n", "X: y\n".repeat(1001));
        assert_eq!(read(many.as_bytes()).unwrap_err(), "expected at most 1000 headers, found 1001");
    }
}
