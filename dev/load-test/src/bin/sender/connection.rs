//! A delivery -> bytes on a connection, sent in good and in bad ways, and the status of the answer.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

use crate::delivery::Delivery;

/// A receiver that does not answer in this time has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// The status of no answer.
const NONE: u16 = 0;

/// A connection to the receiver, made anew where it is closed.
pub(crate) struct Connection {
    address: SocketAddr,
    stream: Option<BufReader<TcpStream>>,
}

impl Connection {
    pub(crate) fn to(address: SocketAddr) -> Self {
        Self { address, stream: None }
    }

    /// As a vendor does.
    pub(crate) fn send(&mut self, delivery: &Delivery) -> u16 {
        let mut request = head(delivery, &length(delivery.body.len()));
        request.extend_from_slice(&delivery.body);
        let was_open = self.stream.is_some();
        match self.exchange(&request) {
            // The receiver may have closed a connection on which nothing was sent.
            NONE if was_open => self.exchange(&request),
            status => status,
        }
    }

    /// Whole, with pauses.
    pub(crate) fn send_in_parts(&mut self, delivery: &Delivery) -> u16 {
        let mut request = head(delivery, &length(delivery.body.len()));
        request.extend_from_slice(&delivery.body);
        let parts = request.chunks(request.len() / 10 + 1);
        let sent = parts.map(|part| {
            thread::sleep(Duration::from_millis(5));
            self.write(part)
        });
        let sent: io::Result<()> = sent.collect();
        sent.map_or(NONE, |()| self.status())
    }

    /// A half of it, and then no more.
    pub(crate) fn truncate(&mut self, delivery: &Delivery) -> u16 {
        let mut request = head(delivery, &length(delivery.body.len()));
        request.extend_from_slice(&delivery.body[..delivery.body.len() / 2]);
        if self.write(&request).is_ok()
            && let Some(stream) = self.stream.take()
        {
            // Whether it was closed already is of no matter.
            let _ = stream.get_ref().shutdown(Shutdown::Both);
        }
        NONE
    }

    /// More than is received, which the header says.
    pub(crate) fn send_oversized(&mut self, delivery: &Delivery, size: usize) -> u16 {
        let request = head(delivery, &length(size));
        self.insist(&request, |connection| connection.write(&vec![b' '; size]))
    }

    /// More than is received, in chunks.
    pub(crate) fn send_in_chunks(&mut self, delivery: &Delivery, size: usize) -> u16 {
        const CHUNK: usize = 1 << 14;
        let request = head(delivery, "Transfer-Encoding: chunked\r\n");
        let chunk = [b"4000\r\n".as_slice(), &[b' '; CHUNK], b"\r\n"].concat();
        self.insist(&request, |connection| {
            let chunks = (0..=size / CHUNK).map(|_| connection.write(&chunk));
            chunks.collect::<io::Result<()>>()
        })
    }

    /// Byte by byte, for as long as the receiver waits.
    pub(crate) fn dribble(&mut self, delivery: &Delivery) -> u16 {
        // Far more is announced than will come.
        let request = head(delivery, &length(1_000_000));
        self.insist(&request, |connection| {
            let stream = connection.stream.as_mut().ok_or(io::ErrorKind::NotConnected)?;
            stream.get_ref().set_read_timeout(Some(Duration::from_millis(100)))?;
            loop {
                match stream.fill_buf() {
                    Err(error) if is_timeout(&error) => stream.get_mut().write_all(b" ")?,
                    _ => return stream.get_ref().set_read_timeout(Some(PATIENCE)),
                }
            }
        })
    }

    /// Just these bytes, and no others ever.
    pub(crate) fn send_only(&mut self, request: &[u8]) -> u16 {
        self.insist(request, |connection| match &connection.stream {
            Some(stream) => stream.get_ref().shutdown(Shutdown::Write),
            None => Ok(()),
        })
    }

    /// Just these bytes.
    fn exchange(&mut self, request: &[u8]) -> u16 {
        self.insist(request, |_| Ok(()))
    }

    /// Sends a head, then whatever `rest` sends; an answer is looked for even if that failed.
    fn insist(&mut self, head: &[u8], rest: impl FnOnce(&mut Self) -> io::Result<()>) -> u16 {
        if self.write(head).is_err() {
            self.stream = None;
            return NONE;
        }
        // A receiver that has heard enough answers, and stops listening.
        let _ = rest(self);
        self.status()
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(self.address)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.set_write_timeout(Some(PATIENCE))?;
            stream.set_nodelay(true)?;
            self.stream = Some(BufReader::new(stream));
        }
        let stream = self.stream.as_mut().ok_or(io::ErrorKind::NotConnected)?;
        stream.get_mut().write_all(bytes)
    }

    /// Reads an answer; the connection stays open if it may.
    fn status(&mut self) -> u16 {
        let Some(mut stream) = self.stream.take() else { return NONE };
        match answer(&mut stream) {
            Ok((status, is_open)) => {
                self.stream = is_open.then_some(stream);
                status
            }
            Err(_) => NONE,
        }
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

fn length(bytes: usize) -> String {
    format!("Content-Length: {bytes}\r\n")
}

fn head(delivery: &Delivery, framing: &str) -> Vec<u8> {
    let mut head = format!("POST /{} HTTP/1.1\r\nHost: localhost\r\n{framing}", delivery.vendor);
    for (name, value) in &delivery.headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// The status of an answer, which is read to its end, and whether another may follow.
fn answer(stream: &mut BufReader<TcpStream>) -> io::Result<(u16, bool)> {
    let broken = || io::Error::from(io::ErrorKind::InvalidData);
    let (mut status, mut length, mut is_open) = (None, 0, true);
    loop {
        let mut line = String::new();
        if stream.by_ref().take(10_000).read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let line = line.trim_end().to_ascii_lowercase();
        if let Some(code) = line.strip_prefix("http/1.1 ") {
            status = code.get(..3).and_then(|code| code.parse().ok());
        } else if let Some(bytes) = line.strip_prefix("content-length:") {
            length = bytes.trim().parse().map_err(|_| broken())?;
        } else if line == "connection: close" {
            is_open = false;
        } else if line.is_empty() {
            break;
        }
    }
    io::copy(&mut stream.take(length), &mut io::sink())?;
    Ok((status.ok_or_else(broken)?, is_open))
}
