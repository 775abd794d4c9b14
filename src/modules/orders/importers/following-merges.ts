import type { idDeriver } from '#platform/id-deriver.ts'

type Deriver = ReturnType<typeof idDeriver>

/** Derives ids where some lead elsewhere because their customers were merged into others: then the other's id comes. */
export function followingMerges(derive: Deriver, successors: ReadonlyMap<string, Uint8Array>): Deriver {
  if (successors.size === 0) return derive
  return (bytes, from, to, target, at) => {
    derive(bytes, from, to, target, at)
    const successor = successors.get(Buffer.from(target.buffer, target.byteOffset + at, 16).toString('latin1'))
    if (successor) target.set(successor, at)
  }
}
