import { createHash } from 'node:crypto'

/** The two chains: what was done, and who looked at whom. */
export const trails = ['fact', 'read'] as const
export type Trail = (typeof trails)[number]

/** One row as the chain sees it: texts exactly as the database writes them, so that no number or key is rounded or reordered on the way. */
export interface SealedRow {
  readonly id: string
  /** Microseconds since 1970. */
  readonly at: string
  readonly name: string
  readonly customerId: string | null
  readonly actor: string
  readonly payload: string
  /** Of the personal part and its salt; null where there is none. It stays when both are blanked. */
  readonly personalHash: Uint8Array | null
}

export interface BlockHead {
  readonly trail: Trail
  readonly number: number
  /** Microseconds since 1970. */
  readonly sealedAt: string
  /** The hash of the block before; 32 zero bytes before the first. */
  readonly previous: Uint8Array
}

export const beforeTheFirst: Uint8Array = new Uint8Array(32)

/**
 * SHA-256 over the head of a block and its rows in their order, row by row, so that a block of any size needs no memory. Every field carries its length, so that no
 * two different blocks write the same bytes.
 */
export function blockHasher(head: BlockHead): { add(row: SealedRow): void; end(): Buffer } {
  const hash = createHash('sha256')
  let rows = 0
  const field = (value: string | Uint8Array | null) => {
    if (value === null) return void hash.update('-')
    const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value
    hash.update(`${bytes.length}:`).update(bytes)
  }
  for (const value of ['patron trail 1', head.trail, String(head.number), head.sealedAt, head.previous]) field(value)
  return {
    add(row) {
      rows++
      for (const value of [row.id, row.at, row.name, row.customerId, row.actor, row.payload, row.personalHash]) field(value)
    },
    end() {
      field(String(rows))
      return hash.digest()
    },
  }
}

/** What stays of a personal part when it is blanked: without the salt nobody can find out, even by trying, what it was. */
export const personalHash = (salt: Uint8Array, personal: string): Buffer =>
  createHash('sha256').update(salt).update(personal, 'utf8').digest()
