// Go's crypto/tls as a peer. The arguments are told in matrix/stacks/peer.py.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
)

const none = "-"

func configuration(ca, chain, key, alpn string) (*tls.Config, *x509.CertPool, error) {
	config := &tls.Config{}
	var pool *x509.CertPool
	if ca != none {
		text, err := os.ReadFile(ca)
		if err != nil {
			return nil, nil, err
		}
		pool = x509.NewCertPool()
		if !pool.AppendCertsFromPEM(text) {
			return nil, nil, errors.New("no certificate in " + ca)
		}
	}
	if chain != none {
		pair, err := tls.LoadX509KeyPair(chain, key)
		if err != nil {
			return nil, nil, err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	if alpn != none {
		config.NextProtos = []string{alpn}
	}
	return config, pool, nil
}

func answer(connection net.Conn) error {
	defer connection.Close()
	buffer := make([]byte, 16384)
	length, err := connection.Read(buffer)
	if err != nil {
		return err
	}
	_, err = connection.Write(buffer[:length])
	return err
}

func serve(port, chain, key, clientCA, alpn string) error {
	config, pool, err := configuration(clientCA, chain, key, alpn)
	if err != nil {
		return err
	}
	if pool != nil {
		config.ClientCAs = pool
		config.ClientAuth = tls.RequireAndVerifyClientCert
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:"+port, config)
	if err != nil {
		return err
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			return err
		}
		if err := answer(connection); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
}

func converse(port string, config *tls.Config) error {
	connection, err := tls.Dial("tcp", "127.0.0.1:"+port, config)
	if err != nil {
		return err
	}
	defer connection.Close()
	if _, err := connection.Write([]byte("hello from the matrix\n")); err != nil {
		return err
	}
	buffer := make([]byte, 16384)
	length, err := connection.Read(buffer)
	fmt.Print(string(buffer[:length]))
	return err
}

func ask(port, ca, certificate, key, alpn, count string) error {
	config, pool, err := configuration(ca, certificate, key, alpn)
	if err != nil {
		return err
	}
	config.RootCAs = pool
	config.ServerName = "localhost"
	config.ClientSessionCache = tls.NewLRUClientSessionCache(1)
	connections, err := strconv.Atoi(count)
	for i := 0; i < connections && err == nil; i++ {
		err = converse(port, config)
	}
	return err
}

func main() {
	err := errors.New("wrong arguments")
	if a := os.Args; len(a) == 7 && a[1] == "server" {
		err = serve(a[2], a[3], a[4], a[5], a[6])
	} else if len(a) == 8 && a[1] == "client" {
		err = ask(a[2], a[3], a[4], a[5], a[6], a[7])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
