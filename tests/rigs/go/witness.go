// A witness of C2SP tlog-witness for one log, from Go's own packages: it cosigns what is consistent with what it saw.
//
//	witness LOG-VERIFIER-KEY NAME SEED-IN-HEX
//
// It prints its address and ends when its standard input does.
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type witness struct {
	log     note.Verifier
	name    string
	private ed25519.PrivateKey
	lock    sync.Mutex
	size    int64
	root    tlog.Hash
}

func (w *witness) ServeHTTP(answer http.ResponseWriter, request *http.Request) {
	w.lock.Lock()
	defer w.lock.Unlock()
	body, err := io.ReadAll(io.LimitReader(request.Body, 1<<16))
	if err != nil || request.Method != "POST" || request.URL.Path != "/add-checkpoint" {
		http.Error(answer, "bad request", 400)
		return
	}
	head, checkpoint, found := bytes.Cut(body, []byte("\n\n")) // The hashes of a proof have no empty line.
	lines := strings.Split(string(head), "\n")
	old, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "old "), 10, 64)
	if err != nil || !found {
		http.Error(answer, "bad request", 400)
		return
	}
	if !bytes.HasPrefix(checkpoint, []byte(w.log.Name()+"\n")) {
		http.Error(answer, "unknown log", 404)
		return
	}
	opened, err := note.Open(checkpoint, note.VerifierList(w.log))
	if err != nil {
		http.Error(answer, "unknown key", 403)
		return
	}
	fields := strings.Split(opened.Text, "\n")
	size, _ := strconv.ParseInt(fields[1], 10, 64)
	root, err := tlog.ParseHash(fields[2])
	if err != nil || old > size {
		http.Error(answer, "bad request", 400)
		return
	}
	if old != w.size {
		answer.Header().Set("Content-Type", "text/x.tlog.size")
		answer.WriteHeader(409)
		fmt.Fprintf(answer, "%d\n", w.size)
		return
	}
	var proof tlog.TreeProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			http.Error(answer, "bad request", 400)
			return
		}
		proof = append(proof, hash)
	}
	if old > 0 && old < size {
		if err := tlog.CheckTree(proof, size, root, old, w.root); err != nil {
			http.Error(answer, err.Error(), 422)
			return
		}
	} else if old == size && root != w.root {
		http.Error(answer, "another root", 409)
		return
	}
	w.size, w.root = size, root
	fmt.Fprint(answer, w.cosign(opened.Text))
}

func (w *witness) cosign(text string) string {
	now := time.Now().Unix()
	public := w.private.Public().(ed25519.PublicKey)
	id := sha256.Sum256(append([]byte(w.name+"\n\x04"), public...))
	signed := ed25519.Sign(w.private, []byte(fmt.Sprintf("cosignature/v1\ntime %d\n%s", now, text)))
	line := binary.BigEndian.AppendUint64(append([]byte{}, id[:4]...), uint64(now))
	return fmt.Sprintf("— %s %s\n", w.name, base64.StdEncoding.EncodeToString(append(line, signed...)))
}

func main() {
	log, err := note.NewVerifier(os.Args[1])
	if err != nil {
		panic(err)
	}
	seed, err := hex.DecodeString(os.Args[3])
	if err != nil {
		panic(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	go http.Serve(listener, &witness{log: log, name: os.Args[2], private: ed25519.NewKeyFromSeed(seed)})
	bufio.NewReader(os.Stdin).ReadString(0)
}
