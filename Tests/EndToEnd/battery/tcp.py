"""First bytes of TCP protocols: name -> (port, steps of a conversation)."""


def c(data):
    return "c", data


def s(data):
    return "s", data


ALL = {
    "MySQL": (3306, [
        s(b"\x4a\0\0\0\x0a8.0.36\0"), c(b"\x20\0\0\x01\x85\xa6"),
        s(b"\x07\0\0\x02\0\0\0\x02\0\0\0")]),
    "SMTP": (25, [
        s(b"220 mail ESMTP\r\n"), c(b"EHLO x\r\n"), s(b"250 STARTTLS\r\n"), c(b"QUIT\r\n"),
        s(b"221 bye\r\n")]),
    "submission": (587, [s(b"220 mail ESMTP\r\n"), c(b"EHLO x\r\n"), s(b"250 AUTH\r\n")]),
    "FTP": (21, [
        s(b"220 ftp\r\n"), c(b"USER x\r\n"), s(b"331 password\r\n"), c(b"QUIT\r\n"),
        s(b"221 bye\r\n")]),
    "SSH": (22, [s(b"SSH-2.0-server\r\n"), c(b"SSH-2.0-client\r\n")]),
    "POP3": (110, [s(b"+OK pop\r\n"), c(b"QUIT\r\n"), s(b"+OK\r\n")]),
    "IMAP": (143, [s(b"* OK imap\r\n"), c(b"a LOGOUT\r\n"), s(b"* BYE\r\n")]),
    "NATS": (4222, [
        s(b'INFO {"server_id":"x"}\r\n'), c(b"CONNECT {}\r\nPING\r\n"), s(b"PONG\r\n")]),
    "PostgreSQL": (5432, [
        c(b"\0\0\0\x08\x04\xd2\x16\x2f"), s(b"N"), c(b"\0\0\0\x08\0\x03\0\0"),
        s(b"R\0\0\0\x08\0\0\0\0")]),
    "Redis": (6379, [c(b"*1\r\n$4\r\nPING\r\n"), s(b"+PONG\r\n"), c(b"QUIT\r\n"), s(b"+OK\r\n")]),
    "memcached": (11211, [
        c(b"get a\r\n"), s(b"END\r\n"), c(b"\x80\x0b" + bytes(22)), s(b"\x81\x0b" + bytes(22))]),
    "Kafka": (9092, [c(b"\0\0\0\x0c\0\x12\0\0\0\0\0\x01\0\x02xx"), s(b"\0\0\0\x04\0\0\0\x01")]),
    "MongoDB": (27017, [
        c(b"\x10\0\0\0\x01\0\0\0\0\0\0\0\xdd\x07\0\0"),
        s(b"\x10\0\0\0\x02\0\0\0\x01\0\0\0\xdd\x07\0\0")]),
    "AMQP": (5672, [c(b"AMQP\0\0\x09\x01"), s(b"\x01\0\0\0\0\0\0\xce")]),
    "MQTT": (1883, [c(b"\x10\x0c\0\x04MQTT\x04\x02\0\x3c\0\0"), s(b"\x20\x02\0\0")]),
    "Cassandra": (9042, [c(b"\x04\0\0\0\x05\0\0\0\0"), s(b"\x84\0\0\0\x06\0\0\0\0")]),
    "TDS": (1433, [c(b"\x12\x01\0\x08\0\0\0\0"), s(b"\x04\x01\0\x08\0\0\0\0")]),
    "DNS": (53, [
        c(b"\0\x0c\x12\x34\x01\0\0\0\0\0\0\0\0\0"),
        s(b"\0\x0c\x12\x34\x81\x80\0\0\0\0\0\0\0\0")]),
    "STOMP": (61613, [c(b"CONNECT\naccept-version:1.2\n\n\0"), s(b"CONNECTED\nversion:1.2\n\n\0")]),
    "LDAP": (389, [
        c(b"\x30\x0c\x02\x01\x01\x60\x07\x02\x01\x03\x04\0\x80\0"),
        s(b"\x30\x0c\x02\x01\x01\x61\x07\x0a\x01\0\x04\0\x04\0")]),
    "git": (9418, [c(b"0033git-upload-pack /project.git\0host=myserver.com\0"), s(b"0000")]),
    "syslog": (601, [c(b"<13>1 - - - - - - hello\n"), c("close")]),
    "syslog with a count": (6514, [c(b"23 <13>1 - - - - - - hello"), s(b"ok")]),
    "graphite": (2003, [c(b"a.b 1 1700000000\n"), c("close")]),
    "ZooKeeper": (2181, [c(b"ruok"), c("eof"), s(b"imok"), s("close")]),
    "Bolt": (7687, [c(b"\x60\x60\xb0\x17\0\0\0\x05"), s(b"\0\0\0\x05")]),
    "finger": (79, [c(b"user\r\n"), s(b"Login: user\r\n"), s("close")]),
    "passive FTP upload": (40001, [c(b"file"), c("close")]),
    "whois": (43, [c(b"example.org\r\n"), s(b"domain: example.org\r\n"), s("close")]),
    "greeting, unknown port": (7001, [s(b"hello\r\n"), c(b"hi\r\n"), s(b"bye\r\n")]),
    "token, unknown port": (7002, [c(b"token"), s(b"ok")]),
    "PROXY protocol": (7003, [c(b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nx"), s(b"ok")]),
    "half-close": (7004, [c(b"ask"), c("eof"), s(b"answer"), s("close")]),
    "reset by the client": (7005, [c(b"ask"), s(b"answer"), c("reset")]),
    "reset by the server": (7006, [c(b"ask"), s("reset")]),
    "4 MiB": (7007, [c(b"z" * 4194304), s(b"z" * 4194304)]),
}
