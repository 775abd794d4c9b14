import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import { refuse } from '../refusal.ts'
import type { ByteReader } from './byte-reader.ts'
import { damaged } from './damaged.ts'

/** How the body of an archive is encrypted; stands in its second line. */
export const Encryption = z.object({
  kdf: z.literal('scrypt'),
  // Whoever made an archive up must not be able to make us spend a gigabyte on its key.
  cost: z
    .int()
    .min(1024)
    .max(1 << 17),
  salt: z.string().regex(/^[A-Za-z0-9+/]{22}==$/),
  cipher: z.literal('aes-256-gcm'),
})
export type Encryption = z.output<typeof Encryption>

const chunkBytes = 1 << 20
const tagBytes = 16
const finalBit = 0x80_00_00_00

export const newEncryption = (): Encryption => ({
  kdf: 'scrypt',
  cost: 1 << 15,
  salt: randomBytes(16).toString('base64'),
  cipher: 'aes-256-gcm',
})

async function keyOf(passphrase: string, { cost, salt }: Encryption): Promise<Buffer> {
  const derive = promisify(scrypt) as (...all: unknown[]) => Promise<Buffer>
  return derive(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), 32, { N: cost, r: 8, p: 1, maxmem: 256 << 20 })
}

/** The key belongs to one archive alone, so that a counter is a nonce that never comes twice. */
function nonce(counter: number): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUIntBE(counter, 6, 6)
  return bytes
}

/** Chunks of 1 MiB: length (its highest bit marks the last), ciphertext, tag. The mark and the header are authenticated too, so that nothing can be cut off or exchanged. */
export async function* encrypted(
  source: AsyncIterable<Uint8Array>,
  passphrase: string,
  encryption: Encryption,
  header: string,
): AsyncGenerator<Buffer> {
  const key = await keyOf(passphrase, encryption)
  let counter = 0
  let held: Buffer = Buffer.alloc(0)
  const seal = (plain: Buffer, last: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(counter++)).setAAD(associated(header, last))
    const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(sealed.length + (last ? finalBit : 0))
    return Buffer.concat([length, sealed])
  }
  for await (const piece of source) {
    held = Buffer.concat([held, piece])
    for (; held.length > chunkBytes; held = held.subarray(chunkBytes)) yield seal(held.subarray(0, chunkBytes), false)
  }
  yield seal(held, true)
}

/** The same backwards. Refuses another passphrase, and a chunk that was changed, moved or cut off. */
export async function* decrypted(source: ByteReader, passphrase: string, encryption: Encryption, header: string): AsyncGenerator<Buffer> {
  const key = await keyOf(passphrase, encryption)
  for (let counter = 0; ; counter++) {
    const length = await source.take(4)
    if (length.length < 4) throw damaged('the file', 'ends too early')
    const word = length.readUInt32BE()
    const last = word >= finalBit
    const size = last ? word - finalBit : word
    if (size < tagBytes || size > chunkBytes + tagBytes) throw damaged('the file', `has no chunk of ${size} bytes`)
    const sealed = await source.take(size)
    if (sealed.length < size) throw damaged('the file', 'ends too early')
    const decipher = createDecipheriv('aes-256-gcm', key, nonce(counter))
      .setAAD(associated(header, last))
      .setAuthTag(sealed.subarray(size - tagBytes))
    const plain = decipher.update(sealed.subarray(0, size - tagBytes))
    try {
      decipher.final()
    } catch {
      if (counter === 0)
        throw refuse('conflict', 'wrong-passphrase', 'The passphrase does not open this backup, or its beginning is damaged')
      throw damaged('the file', `was changed near ${counter} MB`)
    }
    yield plain
    if (last) return
  }
}

const associated = (header: string, last: boolean) => Buffer.from(`${header}\n${last ? 'last' : 'more'}`)
