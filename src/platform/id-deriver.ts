import { hash } from 'node:crypto'

/**
 * `derivedId` for millions of keys: writes the sixteen bytes of the uuid v8 of (kind, source, key) into `target` at `at`, the key being bytes[from … to).
 * One block of SHA-256 worked out here takes a fifth of a call into the runtime; longer texts go there.
 */
export function idDeriver(
  kind: string,
  source: string,
): (bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number) => void {
  const prefix = Buffer.from(`${kind}\u0000${source}\u0000`)
  const text = new Uint8Array(56)
  text.set(prefix.subarray(0, 56))
  const words = new Int32Array(64)
  const digest = new Int32Array(4)
  return (bytes, from, to, target, at) => {
    const length = prefix.length + to - from
    if (length > 55) {
      const whole = Buffer.concat([prefix, bytes.subarray(from, to)])
      target.set(Buffer.from(hash('sha256', whole, 'hex').slice(0, 32), 'hex'), at)
    } else {
      for (let i = from, j = prefix.length; i < to; i++, j++) text[j] = bytes[i]!
      oneBlock(text, length, words, digest)
      for (let i = 0; i < 4; i++) {
        const word = digest[i]!
        target[at + 4 * i] = word >>> 24
        target[at + 4 * i + 1] = (word >>> 16) & 255
        target[at + 4 * i + 2] = (word >>> 8) & 255
        target[at + 4 * i + 3] = word & 255
      }
    }
    target[at + 6] = (target[at + 6]! & 0x0f) | 0x80
    target[at + 8] = (target[at + 8]! & 0x3f) | 0x80
  }
}

/** The first 128 bits of SHA-256 (FIPS 180-4) of a text of at most 55 bytes. */
function oneBlock(text: Uint8Array, length: number, w: Int32Array, digest: Int32Array): void {
  w.fill(0, 0, 16)
  for (let i = 0; i < length; i++) w[i >> 2] = w[i >> 2]! | (text[i]! << (24 - ((i & 3) << 3)))
  w[length >> 2] = w[length >> 2]! | (0x80 << (24 - ((length & 3) << 3)))
  w[15] = length << 3
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!
    const y = w[i - 2]!
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0
  }
  let a = 0x6a09e667 | 0
  let b = 0xbb67ae85 | 0
  let c = 0x3c6ef372 | 0
  let d = 0xa54ff53a | 0
  let e = 0x510e527f | 0
  let f = 0x9b05688c | 0
  let g = 0x1f83d9ab | 0
  let h = 0x5be0cd19 | 0
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + roundConstants[i]! + w[i]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  digest[0] = (a + 0x6a09e667) | 0
  digest[1] = (b + 0xbb67ae85) | 0
  digest[2] = (c + 0x3c6ef372) | 0
  digest[3] = (d + 0xa54ff53a) | 0
}

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const roundConstants = Int32Array.from(firstPrimes(64), (prime) => {
  const root = Math.cbrt(prime)
  return ((root - Math.floor(root)) * 2 ** 32) | 0
})

function firstPrimes(count: number): number[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes
}
