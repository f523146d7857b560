// Checks a receipt as anyone can who has Go's own packages for signed notes and transparency logs, and none of ours.
//
//	check VERIFIER-KEY PROOF.tlog-proof ENTRY
package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func fail(format string, values ...interface{}) {
	fmt.Fprintf(os.Stderr, format+"\n", values...)
	os.Exit(1)
}

func main() {
	verifier, err := note.NewVerifier(os.Args[1])
	if err != nil {
		fail("key: %v", err)
	}
	file, err := os.ReadFile(os.Args[2])
	if err != nil {
		fail("proof: %v", err)
	}
	entry, err := os.ReadFile(os.Args[3])
	if err != nil {
		fail("entry: %v", err)
	}
	head, checkpoint, found := bytes.Cut(file, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" {
		fail("not a proof")
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
	if err != nil {
		fail("index: %v", err)
	}
	var proof tlog.RecordProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			fail("hash: %v", err)
		}
		proof = append(proof, hash)
	}
	opened, err := note.Open(checkpoint, note.VerifierList(verifier))
	if err != nil {
		fail("note: %v", err)
	}
	fields := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil {
		fail("size: %v", err)
	}
	root, err := base64.StdEncoding.DecodeString(fields[2])
	if err != nil || len(root) != tlog.HashSize {
		fail("root: %v", err)
	}
	var hash tlog.Hash
	copy(hash[:], root)
	if err := tlog.CheckRecord(proof, size, hash, index, tlog.RecordHash(entry)); err != nil {
		fail("record: %v", err)
	}
	fmt.Printf("record %d of %d\n", index, size)
}
