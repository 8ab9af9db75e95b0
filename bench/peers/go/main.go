// Go's crypto/tls for the harness, as a C archive: see ../foreign_end.h. Its connections block, so
// each end has a goroutine of its own, which runs only while a call waits for it.
package main

// #include <stdint.h>
// #include <stdlib.h>
// typedef const char text;
// typedef const uint8_t input;
import "C"

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"runtime/cgo"
	"time"
	"unsafe"
)

var lastError = "no error"

func main() {}

type stack struct {
	client, server *tls.Config
}

// network is what a connection reads and writes: bytes of the present call. When there are none left
// to read it gives the turn back to the caller, and waits for the next one.
type network struct {
	in         []byte
	out        []byte
	turn, back chan struct{}
	closed     bool
}

func (n *network) Read(p []byte) (int, error) {
	for len(n.in) == 0 {
		n.back <- struct{}{}
		<-n.turn
		if n.closed {
			return 0, io.EOF
		}
	}
	size := copy(p, n.in)
	n.in = n.in[size:]
	return size, nil
}

func (n *network) Write(p []byte) (int, error) {
	n.out = append(n.out, p...)
	return len(p), nil
}

func (n *network) Close() error                     { return nil }
func (n *network) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (n *network) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (n *network) SetDeadline(time.Time) error      { return nil }
func (n *network) SetReadDeadline(time.Time) error  { return nil }
func (n *network) SetWriteDeadline(time.Time) error { return nil }

type end struct {
	network     network
	connection  *tls.Conn
	started     bool
	established bool
	err         error
}

// run lets the handshake's goroutine go on until it needs more bytes or is done.
func (e *end) run() {
	if !e.started {
		e.started = true
		go func() {
			e.err = e.connection.Handshake()
			e.established = e.err == nil
			e.network.back <- struct{}{}
		}()
	} else {
		e.network.turn <- struct{}{}
	}
	<-e.network.back
}

func view(data *C.input, size C.size_t) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(data)), int(size))
}

func space(data *C.uint8_t, room C.size_t) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(data)), int(room))
}

func failed(err error) C.int64_t {
	lastError = "Go: " + err.Error()
	return -1
}

func give(from []byte, to *C.uint8_t, room C.size_t) C.int64_t {
	if len(from) > int(room) {
		return failed(errors.New("more was made than there is room for"))
	}
	return C.int64_t(copy(space(to, room), from))
}

func handleOf[T any](value *T, err error) C.uintptr_t {
	if err != nil {
		failed(err)
		return 0
	}
	return C.uintptr_t(cgo.NewHandle(value))
}

func endOf(handle C.uintptr_t) *end { return cgo.Handle(handle).Value().(*end) }

func newStack(lab, key, group string, resume bool) (*stack, error) {
	suite := tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
	if key == "p256" {
		suite = tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
	}
	curves := []tls.CurveID{tls.CurveP256}
	if group == "x25519" {
		curves = []tls.CurveID{tls.X25519}
		if key == "p256" { // of the certificate
			curves = append(curves, tls.CurveP256)
		}
	}
	root, err := os.ReadFile(lab + "/root.pem")
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(root) {
		return nil, errors.New("root.pem is not taken")
	}
	start := lab + "/" + key
	certificate, err := tls.LoadX509KeyPair(start+"-chain.pem", start+"-key.pem")
	if err != nil {
		return nil, err
	}
	common := tls.Config{MinVersion: tls.VersionTLS12, MaxVersion: tls.VersionTLS12,
		CipherSuites: []uint16{suite}, CurvePreferences: curves, SessionTicketsDisabled: !resume,
		DynamicRecordSizingDisabled: true}
	made := &stack{client: common.Clone(), server: common.Clone()}
	made.client.RootCAs = roots
	made.client.ServerName = "server.test"
	if resume {
		made.client.ClientSessionCache = tls.NewLRUClientSessionCache(1)
	}
	made.server.Certificates = []tls.Certificate{certificate}
	return made, nil
}

//export foreign_stack
func foreign_stack(lab, key, group *C.text, resume C.int) C.uintptr_t {
	text := func(from *C.text) string { return C.GoString((*C.char)(unsafe.Pointer(from))) }
	return handleOf(newStack(text(lab), text(key), text(group), resume != 0))
}

//export foreign_stack_free
func foreign_stack_free(handle C.uintptr_t) { cgo.Handle(handle).Delete() }

//export foreign_end
func foreign_end(handle C.uintptr_t, isClient C.int) C.uintptr_t {
	site := cgo.Handle(handle).Value().(*stack)
	made := &end{network: network{turn: make(chan struct{}), back: make(chan struct{})}}
	if isClient != 0 {
		made.connection = tls.Client(&made.network, site.client)
	} else {
		made.connection = tls.Server(&made.network, site.server)
	}
	return handleOf(made, nil)
}

//export foreign_end_free
func foreign_end_free(handle C.uintptr_t) {
	e := endOf(handle)
	if e.started && !e.established && e.err == nil { // a goroutine waits for bytes
		e.network.closed = true
		e.run()
	}
	cgo.Handle(handle).Delete()
}

//export foreign_go_on
func foreign_go_on(handle C.uintptr_t, in *C.input, size C.size_t, out *C.uint8_t, room C.size_t) C.int64_t {
	e := endOf(handle)
	e.network.in = view(in, size)
	if !e.established {
		e.run()
	}
	if e.err != nil {
		return failed(e.err)
	}
	made := give(e.network.out, out, room)
	e.network.out = nil
	e.network.in = nil
	return made
}

//export foreign_established
func foreign_established(handle C.uintptr_t) C.int {
	if endOf(handle).established {
		return 1
	}
	return 0
}

//export foreign_verified
func foreign_verified(handle C.uintptr_t) C.int {
	if len(endOf(handle).connection.ConnectionState().VerifiedChains) > 0 {
		return 1
	}
	return 0
}

//export foreign_seal
func foreign_seal(handle C.uintptr_t, in *C.input, size C.size_t, out *C.uint8_t, room C.size_t) C.int64_t {
	e := endOf(handle)
	e.network.out = e.network.out[:0]
	if _, err := e.connection.Write(view(in, size)); err != nil {
		return failed(err)
	}
	return give(e.network.out, out, room)
}

//export foreign_open
func foreign_open(handle C.uintptr_t, in *C.input, size C.size_t, out *C.uint8_t, room C.size_t) C.int64_t {
	e := endOf(handle)
	e.network.in = view(in, size)
	got, err := e.connection.Read(space(out, room))
	e.network.in = nil // it is the caller's, and lent for this call
	if err != nil {
		return failed(err)
	}
	return C.int64_t(got)
}

func giveText(from string, to *C.char, room C.size_t) {
	bytes := unsafe.Slice((*byte)(unsafe.Pointer(to)), int(room))
	bytes[copy(bytes[:len(bytes)-1], from)] = 0
}

//export foreign_error
func foreign_error(words *C.char, room C.size_t) { giveText(lastError, words, room) }

//export foreign_version
func foreign_version(to *C.char, room C.size_t) { giveText(runtime.Version()[2:], to, room) }

//export go_heap_in_use
func go_heap_in_use() C.uint64_t {
	runtime.GC()
	runtime.GC() // what the first one put off
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return C.uint64_t(stats.HeapAlloc)
}
