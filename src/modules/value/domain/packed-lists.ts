/**
 * Day lists of many customers kept as bytes: slabs of a few megabytes, and for each customer where the list lies. A million lists take their own length and ten bytes
 * each, and no object. A class because the slabs and places grow together.
 */
export class PackedLists {
  private readonly slabs: Uint8Array[] = []
  private used = slabBytes
  private slabOf: Uint16Array
  private from: Uint32Array
  private to: Uint32Array
  count = 0

  constructor(expected = 1024) {
    const size = Math.max(16, expected)
    this.slabOf = new Uint16Array(size)
    this.from = new Uint32Array(size)
    this.to = new Uint32Array(size)
  }

  /** Keeps a copy of bytes[from … to) as the next customer's list. */
  add(bytes: Uint8Array, from = 0, to = bytes.length): void {
    const size = to - from
    if (this.used + size > (this.slabs.at(-1)?.length ?? 0)) {
      this.slabs.push(new Uint8Array(Math.max(slabBytes, size)))
      this.used = 0
    }
    if (this.count === this.slabOf.length) this.grow()
    this.slabs.at(-1)!.set(bytes.subarray(from, to), this.used)
    this.slabOf[this.count] = this.slabs.length - 1
    this.from[this.count] = this.used
    this.used += size
    this.to[this.count++] = this.used
  }

  /** Calls back with the bytes of one customer's list. */
  read<T>(customer: number, use: (bytes: Uint8Array, from: number, to: number) => T): T {
    return use(this.slabs[this.slabOf[customer]!]!, this.from[customer]!, this.to[customer]!)
  }

  /** Gives the bytes back; the customers' places are gone with them. */
  clear(): void {
    this.slabs.length = 0
    this.used = slabBytes
    this.count = 0
  }

  private grow(): void {
    const size = this.slabOf.length * 2
    this.slabOf = grown(this.slabOf, new Uint16Array(size))
    this.from = grown(this.from, new Uint32Array(size))
    this.to = grown(this.to, new Uint32Array(size))
  }
}

const slabBytes = 1 << 22

function grown<T extends Uint16Array | Uint32Array>(before: T, after: T): T {
  after.set(before)
  return after
}
