//! rustls as a peer. The arguments are told in matrix/stacks/peer.py.
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use rustls::server::AllowAnyAuthenticatedClient;
use rustls::{
    Certificate, ClientConfig, ClientConnection, PrivateKey, RootCertStore, ServerConfig,
    ServerConnection, Stream,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

const NONE: &str = "-";

fn certificates(file: &str) -> Outcome<Vec<Certificate>> {
    let found = rustls_pemfile::certs(&mut BufReader::new(File::open(file)?))?;
    Ok(found.into_iter().map(Certificate).collect())
}

fn private_key(file: &str) -> Outcome<PrivateKey> {
    let found = rustls_pemfile::pkcs8_private_keys(&mut BufReader::new(File::open(file)?))?;
    Ok(PrivateKey(found.into_iter().next().ok_or("no key")?))
}

fn roots(file: &str) -> Outcome<RootCertStore> {
    let mut store = RootCertStore::empty();
    for certificate in certificates(file)? {
        store.add(&certificate)?;
    }
    Ok(store)
}

fn protocols(alpn: &str) -> Vec<Vec<u8>> {
    if alpn == NONE {
        return Vec::new();
    }
    vec![alpn.as_bytes().to_vec()]
}

fn answer(config: &Arc<ServerConfig>, mut socket: TcpStream) -> Outcome<()> {
    let mut connection = ServerConnection::new(config.clone())?;
    let mut buffer = [0; 16384];
    let mut stream = Stream::new(&mut connection, &mut socket);
    let length = stream.read(&mut buffer)?;
    stream.write_all(&buffer[..length])?;
    connection.send_close_notify();
    connection.complete_io(&mut socket)?;
    Ok(())
}

fn serve(port: &str, chain: &str, key: &str, client_ca: &str, alpn: &str) -> Outcome<()> {
    let builder = ServerConfig::builder().with_safe_defaults();
    let builder = if client_ca == NONE {
        builder.with_no_client_auth()
    } else {
        builder.with_client_cert_verifier(AllowAnyAuthenticatedClient::new(roots(client_ca)?))
    };
    let mut config = builder.with_single_cert(certificates(chain)?, private_key(key)?)?;
    config.alpn_protocols = protocols(alpn);
    config.ticketer = rustls::Ticketer::new()?;
    let config = Arc::new(config);
    for socket in TcpListener::bind(format!("127.0.0.1:{port}"))?.incoming() {
        if let Err(error) = answer(&config, socket?) {
            eprintln!("{error}");
        }
    }
    Ok(())
}

fn converse(config: &Arc<ClientConfig>, port: &str) -> Outcome<()> {
    let mut connection = ClientConnection::new(config.clone(), "localhost".try_into()?)?;
    let mut socket = TcpStream::connect(format!("127.0.0.1:{port}"))?;
    let mut buffer = [0; 16384];
    let mut stream = Stream::new(&mut connection, &mut socket);
    stream.write_all(b"hello from the matrix\n")?;
    let length = stream.read(&mut buffer)?;
    print!("{}", std::str::from_utf8(&buffer[..length])?);
    connection.send_close_notify();
    connection.complete_io(&mut socket)?;
    Ok(())
}

fn ask(port: &str, ca: &str, certificate: &str, key: &str, alpn: &str, count: &str) -> Outcome<()> {
    let builder = ClientConfig::builder()
        .with_safe_defaults()
        .with_root_certificates(roots(ca)?);
    let mut config = if certificate == NONE {
        builder.with_no_client_auth()
    } else {
        builder.with_single_cert(certificates(certificate)?, private_key(key)?)?
    };
    config.alpn_protocols = protocols(alpn);
    let config = Arc::new(config);
    for _ in 0..count.parse()? {
        converse(&config, port)?;
    }
    Ok(())
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["server", port, chain, key, ca, alpn] => serve(port, chain, key, ca, alpn),
        ["client", port, ca, chain, key, alpn, count] => ask(port, ca, chain, key, alpn, count),
        _ => Err("wrong arguments".into()),
    }
}
