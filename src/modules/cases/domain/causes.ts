import { type CauseField, type CauseKind, causeKinds, isCauseField } from './taxonomy.ts'

/** What brings complaints about, as a tree. */
export interface Cause {
  readonly id: string
  readonly parentId: string | null
  readonly kind: CauseKind
  /** What the company calls it, by language; empty for what the product ships, which its texts name. */
  readonly names: Readonly<Record<string, string>>
  /** Not chosen any more; cases that named it go on naming it. */
  readonly retired: boolean
  /** 0: as the product ships it. */
  readonly version: number
}

/** How deep the tree may go: a tree that nobody reads to its end helps nobody. */
export const deepestCause = 4

const shippedId = (place: number) => `00000000-0000-8000-8000-0000000ca${String(place + 1).padStart(3, '0')}`

/** The first level that the product ships: the fields of a cause-and-effect diagram, misunderstandings, how it was used, and what nobody here could have prevented. */
export const shippedCauses: readonly Cause[] = causeKinds.map((kind, place) => ({
  id: shippedId(place),
  parentId: null,
  kind,
  names: {},
  retired: false,
  version: 0,
}))

/** What holds: the shipped ones as the company left or changed them, then its own. */
export function withShipped(stored: readonly Cause[]): readonly Cause[] {
  const own = new Map(stored.map((cause) => [cause.id, cause]))
  const shipped = new Set(shippedCauses.map(({ id }) => id))
  return [...shippedCauses.map((cause) => own.get(cause.id) ?? cause), ...stored.filter(({ id }) => !shipped.has(id))]
}

/** Each cause behind the one above it, with its depth from 0; siblings in the order given. What hangs in the air or in a circle stands at the end as if it were at the top. */
export function inCauseTree(causes: readonly Cause[]): readonly { readonly cause: Cause; readonly depth: number }[] {
  const below = Map.groupBy(causes, ({ parentId }) => parentId)
  const placed = new Map<string, { readonly cause: Cause; readonly depth: number }>()
  const place = (cause: Cause, depth: number) => {
    if (placed.has(cause.id)) return
    placed.set(cause.id, { cause, depth })
    for (const child of below.get(cause.id) ?? []) place(child, depth + 1)
  }
  for (const cause of below.get(null) ?? []) place(cause, 0)
  for (const cause of causes) place(cause, 0)
  return [...placed.values()]
}

/** Why a cause cannot stand below another, or null: that one has to be there, and neither below it nor too deep. */
export function causePlaceProblem(
  causes: readonly Cause[],
  id: string,
  parentId: string | null,
): 'no-such-cause' | 'below-itself' | 'too-deep' | null {
  if (parentId === null) return null
  const by = new Map(causes.map((cause) => [cause.id, cause]))
  const above: string[] = []
  for (let at: string | null = parentId; at !== null; at = by.get(at)?.parentId ?? null) {
    if (!by.has(at)) return 'no-such-cause'
    if (at === id || above.includes(at)) return 'below-itself'
    above.push(at)
  }
  return above.length + heightOf(causes, id) > deepestCause ? 'too-deep' : null
}

/** How many levels hang on a cause, itself included. */
function heightOf(causes: readonly Cause[], id: string, seen: readonly string[] = []): number {
  if (seen.includes(id)) return 0
  const children = causes.filter(({ parentId }) => parentId === id)
  return 1 + Math.max(0, ...children.map((child) => heightOf(causes, child.id, [...seen, id])))
}

/** The field of the diagram in which a cause stands: its own kind, where that is one. */
export const fieldOfCause = ({ kind }: Cause): CauseField | null => (isCauseField(kind) ? kind : null)
