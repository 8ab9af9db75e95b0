//! rustls for the harness, as an archive with the functions of ../foreign_end.h.
use std::cell::RefCell;
use std::error::Error;
use std::ffi::{c_char, c_int, CStr};
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::slice;
use std::sync::Arc;

use rustls::client::ClientSessionMemoryCache;
use rustls::{
    cipher_suite, kx_group, version, Certificate, ClientConfig, ClientConnection, Connection,
    PrivateKey, RootCertStore, ServerConfig, ServerConnection, ServerName,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

thread_local! {
    static LAST_ERROR: RefCell<String> = RefCell::new(String::new());
}

fn remember(error: &dyn std::fmt::Display) {
    LAST_ERROR.with(|last| *last.borrow_mut() = format!("rustls: {error}"));
}

fn size_or_error(made: Outcome<usize>) -> i64 {
    match made {
        Ok(size) => size as i64,
        Err(error) => {
            remember(&error);
            -1
        }
    }
}

pub struct Stack {
    client: Arc<ClientConfig>,
    server: Arc<ServerConfig>,
}

pub struct End {
    connection: Connection,
    is_client: bool,
}

fn certificates(file: &str) -> Outcome<Vec<Certificate>> {
    let found = rustls_pemfile::certs(&mut BufReader::new(File::open(file)?))?;
    Ok(found.into_iter().map(Certificate).collect())
}

fn make_stack(lab: &str, key: &str, group: &str, resume: bool) -> Outcome<Stack> {
    let suites = match key {
        "rsa" => [cipher_suite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384],
        _ => [cipher_suite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384],
    };
    let groups: &[_] = match (key, group) {
        (_, "secp256r1") => &[&kx_group::SECP256R1],
        ("rsa", _) => &[&kx_group::X25519],
        _ => &[&kx_group::X25519, &kx_group::SECP256R1], // of the certificate
    };
    let mut roots = RootCertStore::empty();
    for certificate in certificates(&format!("{lab}/root.pem"))? {
        roots.add(&certificate)?;
    }
    let mut client = ClientConfig::builder()
        .with_cipher_suites(&suites)
        .with_kx_groups(groups)
        .with_protocol_versions(&[&version::TLS12])?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let mut file = BufReader::new(File::open(format!("{lab}/{key}-key.pem"))?);
    let keys = rustls_pemfile::pkcs8_private_keys(&mut file)?;
    let key_der = PrivateKey(keys.into_iter().next().ok_or("no key in PKCS #8")?);
    let mut server = ServerConfig::builder()
        .with_cipher_suites(&suites)
        .with_kx_groups(groups)
        .with_protocol_versions(&[&version::TLS12])?
        .with_no_client_auth()
        .with_single_cert(certificates(&format!("{lab}/{key}-chain.pem"))?, key_der)?;
    if resume {
        client.session_storage = ClientSessionMemoryCache::new(8);
        server.ticketer = rustls::Ticketer::new()?;
    } else {
        client.session_storage = Arc::new(rustls::client::NoClientSessionStorage {});
        client.enable_tickets = false;
        server.session_storage = Arc::new(rustls::server::NoServerSessionStorage {});
    }
    Ok(Stack { client: Arc::new(client), server: Arc::new(server) })
}

fn make_end(stack: &Stack, is_client: bool) -> Outcome<End> {
    let connection = if is_client {
        let name = ServerName::try_from("server.test")?;
        Connection::from(ClientConnection::new(stack.client.clone(), name)?)
    } else {
        Connection::from(ServerConnection::new(stack.server.clone())?)
    };
    Ok(End { connection, is_client })
}

impl End {
    fn receive(&mut self, mut input: &[u8]) -> Outcome<()> {
        while !input.is_empty() {
            self.connection.read_tls(&mut input)?;
            self.connection.process_new_packets()?;
        }
        Ok(())
    }

    fn send(&mut self, mut output: &mut [u8]) -> Outcome<usize> {
        let room = output.len();
        while self.connection.wants_write() {
            self.connection.write_tls(&mut output)?;
        }
        Ok(room - output.len())
    }
}

/// # Safety: the texts are ended by a zero.
unsafe fn text<'a>(from: *const c_char) -> &'a str {
    CStr::from_ptr(from).to_str().unwrap_or("")
}

unsafe fn view<'a>(from: *const u8, size: usize) -> &'a [u8] {
    if size == 0 { &[] } else { slice::from_raw_parts(from, size) }
}

fn handle<T>(made: Outcome<T>) -> usize {
    match made {
        Ok(value) => Box::into_raw(Box::new(value)) as usize,
        Err(error) => {
            remember(&error);
            0
        }
    }
}

unsafe fn end_of<'a>(end: usize) -> &'a mut End {
    &mut *(end as *mut End)
}

unsafe fn give_text(from: &str, to: *mut c_char, room: usize) {
    let size = from.len().min(room - 1);
    slice::from_raw_parts_mut(to as *mut u8, size).copy_from_slice(&from.as_bytes()[..size]);
    *to.add(size) = 0;
}

#[no_mangle]
pub unsafe extern "C" fn foreign_stack(lab: *const c_char, key: *const c_char,
                                       group: *const c_char, resume: c_int) -> usize {
    handle(make_stack(text(lab), text(key), text(group), resume != 0))
}

#[no_mangle]
pub unsafe extern "C" fn foreign_stack_free(stack: usize) {
    drop(Box::from_raw(stack as *mut Stack));
}

#[no_mangle]
pub unsafe extern "C" fn foreign_end(stack: usize, is_client: c_int) -> usize {
    handle(make_end(&*(stack as *const Stack), is_client != 0))
}

#[no_mangle]
pub unsafe extern "C" fn foreign_end_free(end: usize) {
    drop(Box::from_raw(end as *mut End));
}

#[no_mangle]
pub unsafe extern "C" fn foreign_go_on(end: usize, input: *const u8, size: usize,
                                       output: *mut u8, room: usize) -> i64 {
    let end = end_of(end);
    let made = end.receive(view(input, size));
    size_or_error(made.and_then(|_| end.send(slice::from_raw_parts_mut(output, room))))
}

#[no_mangle]
pub unsafe extern "C" fn foreign_established(end: usize) -> c_int {
    !end_of(end).connection.is_handshaking() as c_int
}

/// It gives a handshake up as soon as the chain or the name is not right.
#[no_mangle]
pub unsafe extern "C" fn foreign_verified(end: usize) -> c_int {
    let end = end_of(end);
    (end.is_client && !end.connection.is_handshaking()) as c_int
}

#[no_mangle]
pub unsafe extern "C" fn foreign_seal(end: usize, plaintext: *const u8, size: usize,
                                      record: *mut u8, room: usize) -> i64 {
    let end = end_of(end);
    let written = end.connection.writer().write_all(view(plaintext, size));
    size_or_error(written.map_err(|error| error.into())
        .and_then(|_| end.send(slice::from_raw_parts_mut(record, room))))
}

#[no_mangle]
pub unsafe extern "C" fn foreign_open(end: usize, record: *const u8, size: usize,
                                      plaintext: *mut u8, room: usize) -> i64 {
    let end = end_of(end);
    let received = end.receive(view(record, size));
    size_or_error(received.and_then(|_| {
        Ok(end.connection.reader().read(slice::from_raw_parts_mut(plaintext, room))?)
    }))
}

#[no_mangle]
pub unsafe extern "C" fn foreign_error(words: *mut c_char, room: usize) {
    LAST_ERROR.with(|last| give_text(&last.borrow(), words, room));
}

/// As Cargo resolved it; given when this is built.
#[no_mangle]
pub unsafe extern "C" fn foreign_version(to: *mut c_char, room: usize) {
    give_text(env!("RUSTLS_VERSION"), to, room);
}
