//! A chunked body into what its sender has cut up.

use httparse::Status;
use memchr::memchr;

/// The body that the chunks make, and what follows it; none if they are not whole.
pub(super) fn joined(chunked: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let (mut body, mut rest) = (Vec::new(), chunked);
    loop {
        let (line, after) = rest.split_at(memchr(b'\n', rest)? + 1);
        // Whoever has saved the capture may have made one line end of the other.
        let end: &[u8] = if line.ends_with(b"\r\n") { b"\r\n" } else { b"\n" };
        let line = [line.strip_suffix(end)?, b"\r\n"].concat();
        let Ok(Status::Complete((_, size))) = httparse::parse_chunk_size(&line) else {
            return None;
        };
        if size == 0 {
            return Some((body, after_trailers(after)));
        }
        let (chunk, after) = after.split_at_checked(usize::try_from(size).ok()?)?;
        body.extend_from_slice(chunk);
        rest = after.strip_prefix(end)?;
    }
}

/// What follows the lines after the last chunk. Who has saved a capture may have lost the last ones.
fn after_trailers(mut rest: &[u8]) -> &[u8] {
    while let Some(end) = memchr(b'\n', rest) {
        let line = &rest[..end];
        rest = &rest[end + 1..];
        if line.trim_ascii().is_empty() {
            break;
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn chunks_are_joined_if_they_are_whole() {
        for (chunked, wanted) in [
            (&b"3\r\n{\"a\r\n4;x=y\r\n\":1}\r\n0\r\n\r\n"[..], Some((&b"{\"a\":1}"[..], &b""[..]))),
            (b"0\r\n\r\n", Some((b"", b""))),
            (b"2\n{}\n0\n\n", Some((b"{}", b""))),
            (b"0\r\n", Some((b"", b""))),
            (b"1\r\n{\r\n0\r\nDigest: x\r\n\r\nmore", Some((b"{", b"more"))),
            (b"A\r\n0123456789\r\n0\r\n\r\n\n", Some((b"0123456789", b"\n"))),
            (b"2\r\n{\r\n0\r\n\r\n", None),
            (b"1\r\n{}\r\n0\r\n\r\n", None),
            (b"ffffffffffffffff\r\n{}", None),
            (b"fffffffffffffffff\r\n{}", None),
            (b"{}", None),
            (b"", None),
        ] {
            let joined = joined(chunked);
            let joined = joined.as_ref().map(|(body, rest)| (body.as_slice(), *rest));
            assert_eq!(joined, wanted, "{}", String::from_utf8_lossy(chunked));
        }
    }
}
