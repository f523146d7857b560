#!/bin/sh
# Make a certificate authority of one's own, once, and a certificate for the recorder's name: make_ca.sh NAME FOLDER
# Give ca.pem to all machines of the intranet (group policy); keep ca.key away from the server.
set -eu
name=$1 folder=$2
umask 077
mkdir -p "$folder"
cd "$folder"
if [ ! -e ca.key ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -keyout ca.key -out ca.pem \
        -subj "/CN=CA noi bo cho $name" \
        -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign \
        -addext "nameConstraints=critical,permitted;DNS:$name"
fi
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr -subj "/CN=$name"
printf '%s\n' "subjectAltName=DNS:$name" basicConstraints=critical,CA:FALSE extendedKeyUsage=serverAuth >server.ext
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 397 -extfile server.ext -out leaf.pem
cat leaf.pem ca.pem >server.pem
rm server.csr server.ext leaf.pem
