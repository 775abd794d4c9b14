/** Whether work failed because of the moment and not because of itself: a lost connection, a server that restarts, a deadlock. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return isRepeatable(error) || /^(08|57P0[123]|ECONN|EPIPE)/.test(code) || /^Connection terminated|is not queryable/.test(error.message)
}

/** Whether a transaction failed only because of another one at the same time, and may be run again as a whole. */
export function isRepeatable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === '40001' || code === '40P01'
}
