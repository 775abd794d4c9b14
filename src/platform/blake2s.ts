/**
 * BLAKE2s (RFC 7693, without a key, 32 bytes of digest) of a text of at most 64 bytes: one round of the compression that takes a quarter of a microsecond, where a call into the
 * runtime takes six times as long. `message` holds the text in its first bytes and zeros behind it; the first 128 bits of the digest go to `digest`. Both are words as
 * they lie in memory on a little-endian machine, which every machine is that the runtime exists for.
 */
export function blake2sOfBlock(message: Int32Array, length: number, digest: Int32Array): void {
  const m = message
  let a0 = h0
  let a1 = iv1
  let a2 = iv2
  let a3 = iv3
  let b0 = iv4
  let b1 = iv5
  let b2 = iv6
  let b3 = iv7
  let c0 = iv0
  let c1 = iv1
  let c2 = iv2
  let c3 = iv3
  let d0 = iv4 ^ length
  let d1 = iv5
  let d2 = ~iv6
  let d3 = iv7
  for (let r = 0; r < 160; r += 16) {
    // Columns of the four by four words, …
    a0 = (a0 + b0 + m[sigma[r]!]!) | 0
    d0 = turned(d0 ^ a0, 16)
    c0 = (c0 + d0) | 0
    b0 = turned(b0 ^ c0, 12)
    a0 = (a0 + b0 + m[sigma[r + 1]!]!) | 0
    d0 = turned(d0 ^ a0, 8)
    c0 = (c0 + d0) | 0
    b0 = turned(b0 ^ c0, 7)

    a1 = (a1 + b1 + m[sigma[r + 2]!]!) | 0
    d1 = turned(d1 ^ a1, 16)
    c1 = (c1 + d1) | 0
    b1 = turned(b1 ^ c1, 12)
    a1 = (a1 + b1 + m[sigma[r + 3]!]!) | 0
    d1 = turned(d1 ^ a1, 8)
    c1 = (c1 + d1) | 0
    b1 = turned(b1 ^ c1, 7)

    a2 = (a2 + b2 + m[sigma[r + 4]!]!) | 0
    d2 = turned(d2 ^ a2, 16)
    c2 = (c2 + d2) | 0
    b2 = turned(b2 ^ c2, 12)
    a2 = (a2 + b2 + m[sigma[r + 5]!]!) | 0
    d2 = turned(d2 ^ a2, 8)
    c2 = (c2 + d2) | 0
    b2 = turned(b2 ^ c2, 7)

    a3 = (a3 + b3 + m[sigma[r + 6]!]!) | 0
    d3 = turned(d3 ^ a3, 16)
    c3 = (c3 + d3) | 0
    b3 = turned(b3 ^ c3, 12)
    a3 = (a3 + b3 + m[sigma[r + 7]!]!) | 0
    d3 = turned(d3 ^ a3, 8)
    c3 = (c3 + d3) | 0
    b3 = turned(b3 ^ c3, 7)

    // … then their diagonals.
    a0 = (a0 + b1 + m[sigma[r + 8]!]!) | 0
    d3 = turned(d3 ^ a0, 16)
    c2 = (c2 + d3) | 0
    b1 = turned(b1 ^ c2, 12)
    a0 = (a0 + b1 + m[sigma[r + 9]!]!) | 0
    d3 = turned(d3 ^ a0, 8)
    c2 = (c2 + d3) | 0
    b1 = turned(b1 ^ c2, 7)

    a1 = (a1 + b2 + m[sigma[r + 10]!]!) | 0
    d0 = turned(d0 ^ a1, 16)
    c3 = (c3 + d0) | 0
    b2 = turned(b2 ^ c3, 12)
    a1 = (a1 + b2 + m[sigma[r + 11]!]!) | 0
    d0 = turned(d0 ^ a1, 8)
    c3 = (c3 + d0) | 0
    b2 = turned(b2 ^ c3, 7)

    a2 = (a2 + b3 + m[sigma[r + 12]!]!) | 0
    d1 = turned(d1 ^ a2, 16)
    c0 = (c0 + d1) | 0
    b3 = turned(b3 ^ c0, 12)
    a2 = (a2 + b3 + m[sigma[r + 13]!]!) | 0
    d1 = turned(d1 ^ a2, 8)
    c0 = (c0 + d1) | 0
    b3 = turned(b3 ^ c0, 7)

    a3 = (a3 + b0 + m[sigma[r + 14]!]!) | 0
    d2 = turned(d2 ^ a3, 16)
    c1 = (c1 + d2) | 0
    b0 = turned(b0 ^ c1, 12)
    a3 = (a3 + b0 + m[sigma[r + 15]!]!) | 0
    d2 = turned(d2 ^ a3, 8)
    c1 = (c1 + d2) | 0
    b0 = turned(b0 ^ c1, 7)
  }
  digest[0] = h0 ^ a0 ^ c0
  digest[1] = iv1 ^ a1 ^ c1
  digest[2] = iv2 ^ a2 ^ c2
  digest[3] = iv3 ^ a3 ^ c3
}

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

const iv0 = 0x6a09e667 | 0
const iv1 = 0xbb67ae85 | 0
const iv2 = 0x3c6ef372 | 0
const iv3 = 0xa54ff53a | 0
const iv4 = 0x510e527f | 0
const iv5 = 0x9b05688c | 0
const iv6 = 0x1f83d9ab | 0
const iv7 = 0x5be0cd19 | 0
/** One hash of its own, no key, 32 bytes of digest. */
const h0 = iv0 ^ 0x01010020

/** In which order the words of the message come in, for each of the ten rounds. */
const sigma = Uint8Array.of(
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  ...[14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  ...[11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  ...[7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  ...[9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  ...[2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  ...[12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  ...[13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  ...[6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  ...[10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
)
