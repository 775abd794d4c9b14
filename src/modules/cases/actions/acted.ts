import type { Known } from './performing.ts'

/** What an act answers. */
export const actedOf = ({ row, state }: Known) => ({ id: row.id, version: state.version, state: state.state, step: state.step })
