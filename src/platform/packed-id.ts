/**
 * Ids in bulk are kept as sixteen characters of Latin-1, one per byte: they compare and sort like the uuids they are, serve as keys of maps, and need a third of the memory of the
 * usual text.
 */
export function packId(uuid: string): string {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('latin1')
}

/** The uuid's usual text. */
export function unpackId(packed: string): string {
  const hex = Buffer.from(packed, 'latin1').toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
