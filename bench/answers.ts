/** Where a whole HTTP/1.1 answer at the beginning of the bytes ends, or −1 while some of it is missing. Understands lengths and chunks. */
export function answerEnd(bytes: Buffer): number {
  const head = bytes.indexOf('\r\n\r\n')
  if (head < 0) return -1
  const headers = bytes.toString('latin1', 0, head)
  const body = head + 4
  const length = /\r\ncontent-length: *(\d+)/i.exec(headers)
  if (length) return bytes.length >= body + Number(length[1]) ? body + Number(length[1]) : -1
  if (!/\r\ntransfer-encoding: *chunked/i.test(headers)) return body
  for (let at = body; ; ) {
    const line = bytes.indexOf('\r\n', at)
    if (line < 0) return -1
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16)
    const end = line + 2 + size + 2
    if (bytes.length < end) return -1
    if (size === 0) return end
    at = end
  }
}
