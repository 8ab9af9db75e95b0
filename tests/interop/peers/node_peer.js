// Node's tls module as a peer. The arguments are told in matrix/stacks/peer.py.
'use strict';
const fs = require('fs');
const tls = require('tls');

const given = (text, use) => (text === '-' ? undefined : use(text));
const read = (file) => given(file, fs.readFileSync);

function serve(port, chain, key, clientCa, alpn) {
  const sessions = new Map(); // Node keeps none by itself
  const server = tls.createServer(
    {
      cert: read(chain),
      key: read(key),
      ca: read(clientCa),
      requestCert: clientCa !== '-',
      rejectUnauthorized: true,
      ALPNProtocols: given(alpn, (name) => [name]),
    },
    (socket) => {
      socket.on('error', (error) => console.error(error.message));
      socket.once('data', (data) => socket.end(data));
    },
  );
  server.on('newSession', (id, session, done) => {
    sessions.set(id.toString('hex'), session);
    done();
  });
  server.on('resumeSession', (id, done) => done(null, sessions.get(id.toString('hex')) ?? null));
  server.on('tlsClientError', (error) => console.error(error.message));
  server.listen(Number(port), '127.0.0.1');
}

function ask(port, ca, certificate, key, alpn, count, session) {
  if (Number(count) === 0) return;
  const socket = tls.connect({
    port: Number(port),
    host: '127.0.0.1',
    servername: 'localhost',
    ca: read(ca),
    cert: read(certificate),
    key: read(key),
    ALPNProtocols: given(alpn, (name) => [name]),
    session,
  });
  socket.on('secureConnect', () => socket.write('hello from the matrix\n'));
  socket.once('data', (data) => {
    process.stdout.write(data);
    const next = socket.getSession();
    socket.on('close', () => ask(port, ca, certificate, key, alpn, count - 1, next));
    socket.end();
  });
}

const [role, ...rest] = process.argv.slice(2);
({ server: serve, client: ask })[role](...rest);
