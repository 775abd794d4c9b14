/**
 * Day lists of many customers kept as bytes: slabs of a few megabytes, and for each customer where the list lies. A million lists take their own length and ten bytes
 * each, and no object. A class because the slabs and places grow together.
 */
export class PackedLists {
  readonly count: number
  private readonly slabs: Uint8Array[] = [new Uint8Array()]
  private used = 0
  private readonly slabOf: Uint16Array
  private readonly from: Uint32Array
  private readonly to: Uint32Array

  /** Room for so many customers, each with an empty list. */
  constructor(count: number) {
    this.count = count
    this.slabOf = new Uint16Array(count)
    this.from = new Uint32Array(count)
    this.to = new Uint32Array(count)
  }

  /** Keeps a copy of bytes[from … to) as a customer's list. */
  put(customer: number, bytes: Uint8Array, from = 0, to = bytes.length): void {
    const size = to - from
    if (this.used + size > this.slabs.at(-1)!.length) {
      this.slabs.push(new Uint8Array(Math.max(slabBytes, size)))
      this.used = 0
    }
    this.slabs.at(-1)!.set(bytes.subarray(from, to), this.used)
    this.slabOf[customer] = this.slabs.length - 1
    this.from[customer] = this.used
    this.used += size
    this.to[customer] = this.used
  }

  /** Calls back with the bytes of one customer's list. */
  read<T>(customer: number, use: (bytes: Uint8Array, from: number, to: number) => T): T {
    return use(this.slabs[this.slabOf[customer]!]!, this.from[customer]!, this.to[customer]!)
  }

  /** Gives the bytes back; all lists are empty then. */
  clear(): void {
    this.slabs.length = 1
    this.used = 0
    this.slabOf.fill(0)
    this.from.fill(0)
    this.to.fill(0)
  }
}

const slabBytes = 1 << 22
