import type { EventKind } from './event.ts'

/**
 * Where in what an event says there are words of people or about people, by dotted path, with what stands there once the person is erased. They lie in a column of their own, so that erasing leaves what the case
 * did, when, by whom and at what cost.
 */
export const personalWords: Partial<Record<EventKind, Readonly<Record<string, unknown>>>> = {
  opened: {
    'record.subject': '—',
    'record.description': '—',
    'record.complainant': null,
    'record.language': null,
    'record.accessibility': null,
    'record.target.name': null,
    'record.demand.text': null,
    'record.fileIds': [],
  },
  changed: {
    'changes.subject': '—',
    'changes.description': '—',
    'changes.complainant': null,
    'changes.language': null,
    'changes.accessibility': null,
    'changes.target.name': null,
    'changes.demand.text': null,
    'changes.fileIds': [],
  },
  acknowledged: { text: '—' },
  'interim-remedy': { text: '—' },
  assessed: { note: null },
  judged: { note: null, evidence: [] },
  'read-again': { note: null },
  replied: { text: '—', escalationRoute: null },
  appealed: { reason: '—' },
  'appeal-decided': { text: '—', escalationRoute: null },
  'appeal-withdrawn': { note: null },
  referred: { reference: null, note: null },
  'referral-changed': { reference: null },
  'referral-sent': { text: '—', fileIds: [] },
  'referral-decided': { note: null },
  routed: { note: null },
  accepted: { note: null },
  'handed-over': { reason: '—' },
  'cause-found': { text: '—', whys: [], occurrence: null, escape: null, evidence: [] },
  'responsibility-settled': { note: null },
  hypothesis: { text: '—', note: null },
  observation: { values: {}, note: null },
  proposed: { reason: '—', preventive: null, feasible: null },
  instructed: { recovery: null, note: null },
  executed: { note: '—', fileIds: [] },
  'task-given': { title: '—' },
  'task-changed': { note: null },
  'remedy-answered': { note: null },
  recovery: { text: '—' },
  told: { text: '—', escalationRoute: null },
  feedback: { text: null },
  'penalty-considered': { note: null },
  'loss-considered': { note: null },
  'lesson-written': { lesson: '—', improvement: '—' },
  'bulletin-proposed': { title: '—', body: '—' },
  'bulletin-decided': { note: null },
  'effectiveness-checked': { note: null },
  evaluated: { value: '—', note: null },
  decided: { note: null },
  rewarded: { text: '—' },
  published: { said: '—', done: '—' },
  answered: { text: '—' },
  quoted: { text: '—' },
  'quote-answered': { note: null },
  fulfilled: { note: '—', fileIds: [] },
  paid: { reference: null },
  appointed: { place: null },
  'goods-returned': { item: '—' },
  'claim-moved': { note: null },
  assigned: { why: null, 'choice.met': [], 'choice.waived': [] },
  'sent-back': { reason: '—' },
  paused: { reason: '—' },
  resumed: { note: null },
  reopened: { reason: '—' },
  withdrawn: { reason: '—' },
  merged: { reason: '—' },
  escalated: { why: null },
  noted: { text: '—', fileIds: [] },
  promised: { text: '—' },
  message: { fileIds: [] },
  'technique-used': { said: {} },
  'need-noted': { text: '—' },
  'checklist-ticked': { note: null },
  'regime-extended': { reason: '—' },
}

type Data = Readonly<Record<string, unknown>>

/** What an event says, without the words and the words by their paths. */
export function withoutWords(kind: EventKind, data: Data): { readonly data: Data; readonly words: Data } {
  const words: Record<string, unknown> = {}
  const bare = structuredClone(data) as Record<string, unknown>
  for (const path of Object.keys(personalWords[kind] ?? {})) {
    const [holder, key] = holderOf(bare, path)
    if (holder === null || !(key in holder)) continue
    words[path] = holder[key]
    delete holder[key]
  }
  return { data: bare, words }
}

/** The inverse: what an event says; where words were erased, what stands for them. Only of a change, a path that neither has is left out. */
export function withWords(kind: EventKind, bare: Data, words: Data, erased: boolean): Data {
  const data = structuredClone(bare) as Record<string, unknown>
  for (const [path, blank] of Object.entries(personalWords[kind] ?? {})) {
    if (!(path in words) && !erased) continue
    const [holder, key] = holderOf(data, path)
    // What a change did not name stays as it was; whether it named a word that was erased, nobody knows any more.
    if (holder === null || (erased && holder === data.changes)) continue
    holder[key] = path in words ? words[path] : blank
  }
  return data
}

function holderOf(data: Record<string, unknown>, path: string): readonly [Record<string, unknown> | null, string] {
  const keys = path.split('.')
  const last = keys.pop()!
  let holder: unknown = data
  for (const key of keys) holder = holder !== null && typeof holder === 'object' ? (holder as Record<string, unknown>)[key] : null
  return [holder !== null && typeof holder === 'object' ? (holder as Record<string, unknown>) : null, last]
}

/** Everything that was said of a case, text by text, in the order in which it was said. Not who complains for somebody and how they are reached: whoever looks for a person looks among customers. */
export function spokenWords(events: readonly { readonly kind: EventKind; readonly data: unknown }[]): readonly string[] {
  return events.flatMap(({ kind, data }) =>
    Object.keys(personalWords[kind] ?? {}).flatMap((path) => {
      // Nobody said by what somebody was chosen.
      if (path.endsWith('complainant') || path.endsWith('fileIds') || path.startsWith('choice.')) return []
      const [holder, key] = holderOf(data as Record<string, unknown>, path)
      return textsIn(holder?.[key])
    }),
  )
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' || value === '—' ? [] : [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
}
