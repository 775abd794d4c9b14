import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { Endpoint } from '#platform/contract.ts'
import type { Field } from '#ui/form.tsx'
import { casesApi } from '../api.ts'
import { kinds, targetKinds } from '../domain/taxonomy.ts'
import type { ActAbout, ActForm, Typed } from './act-fields.tsx'
import { actForms } from './act-forms.ts'
import { said as deskSaid } from './desk-said.ts'
import { recordFields } from './record-fields.tsx'
import { begunOf, recordOf } from './typed-record.ts'

/**
 * Whatever a write of cases takes can be said on a screen: nobody has to know the API to handle a complaint to its root. What no screen asks for stands here with its reason.
 */
const unasked: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'the product writes it: nobody types it': {
    'checkEffectiveness before': 'what was counted goes with it',
    'checkEffectiveness after': 'what was counted goes with it',
    'considerPenalty penaltyIds': 'proposing a penalty says it',
  },
  'known without asking while somebody talks; the record says it otherwise afterwards': {
    'deskCase subject': 'the first line of their words',
    'deskCase channel': 'they are on the telephone',
    'deskCase language': 'that of the archive',
    'deskCase severity': 'the first look says it',
    'deskCase complainant.name': 'corrected in the record',
    'deskCase complainant.contact': 'corrected in the record',
    'deskCase complainant.authority': 'corrected in the record',
    'deskCase accessibility': 'corrected in the record',
    'deskCase target.kind': 'the company, until the record says otherwise',
    'deskCase target.name': 'corrected in the record',
    'deskCase target.userId': 'corrected in the record',
    'deskCase target.departmentId': 'corrected in the record',
    'deskCase demand.text': 'corrected in the record',
    'deskCase demand.amountMinor': 'corrected in the record',
    'deskCase extra': 'corrected in the record',
    'deskCase receivedAt': 'now',
    'deskCase fileIds': 'sent with a note on the case',
    'deskCase unproven': 'a colleague talks with them',
    'deskCase ownerId': 'whoever talks with them handles it',
    'deskCase proactive': 'they call',
    'deskCase interim.amountMinor': 'more than words is given on the case, within its limits',
    'deskCase interim.offerId': 'more than words is given on the case, within its limits',
  },
  'said in another place': {
    'open unproven': 'only a page for customers makes such a case',
    'changeRecord changes.unproven': 'the notice above the case says that they are who they said',
    'changeRecord changes.fileIds': 'sent with a note on the case',
  },
  'what was written goes along when it becomes another kind; a complaint is asked for what it needs besides': Object.fromEntries(
    [
      'subject description channel language mood severity complainant.name complainant.contact complainant.authority accessibility orderId',
      'productCode extra receivedAt fileIds unproven',
    ]
      .flatMap((names) => names.split(' '))
      .map((name) => [`convert record.${name}`, 'corrected in the record']),
  ),
}
const excused = new Set(Object.values(unasked).flatMap(Object.keys))

type Writing = readonly [name: string, endpoint: Endpoint]
const writings = Object.entries(casesApi as Readonly<Record<string, Endpoint>>).filter(
  ([, { method, permission }]) => method !== 'GET' && permission !== 'public',
) satisfies readonly Writing[]

/** What may be said, down to the parts of what belongs together; of lists the list. */
function leavesOf(schema: z.ZodType, path = ''): string[] {
  const {
    innerType,
    in: wire,
    shape,
  } = schema.def as { innerType?: z.ZodType; in?: z.ZodType; shape?: Readonly<Record<string, z.ZodType>> }
  if (shape) return Object.entries(shape).flatMap(([name, inside]) => leavesOf(inside, path === '' ? name : `${path}.${name}`))
  if (innerType && 'def' in innerType) return leavesOf(innerType, path)
  return wire && 'shape' in (wire.def as object) ? leavesOf(wire, path) : [path]
}

/** Whose thing it is and what its writer saw are known where somebody acts. */
const asked = ({ input, path }: Endpoint) => leavesOf(input).filter((leaf) => leaf !== 'version' && !path.split('/').includes(`:${leaf}`))

const valueAt = (said: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[name], said)

/** What somebody might type into a field: of controls of our own, whatever one of them takes. */
function candidates(field: Field<Typed>): readonly unknown[] {
  const line = { fileId: 'f', kind: 'refund', text: 'words', amountMinor: 7, departmentId: 'd', percent: 50, offerId: 'o' }
  switch (field.kind) {
    case 'choice':
      return field.several ? field.options.map(({ value }) => [value]) : field.options.map(({ value }) => value)
    case 'yes':
      return [true, false]
    case 'number':
    case 'money':
    case 'percent':
    case 'duration':
      return [7]
    case 'moment':
      return [new Date(7)]
    case 'people':
      return [field.several ? ['p'] : 'p']
    case 'own':
      return ['words', ['words'], [line]]
    default:
      return ['words']
  }
}

/** Which leaves differ by what is typed into some field, also into one that only shows after another. */
function sayable(
  leaves: readonly string[],
  fieldsOf: (typed: Typed) => readonly Field<Typed>[],
  saidOf: (typed: Typed) => unknown,
  initial: Typed = {},
): ReadonlySet<string> {
  const found = new Set<string>()
  const attempt = (typed: Typed) => {
    try {
      return saidOf(typed)
    } catch {
      // A control of our own takes only one of the shapes that are tried.
      return null
    }
  }
  const explore = (typed: Typed, deeper: number) => {
    const before = attempt(typed)
    for (const field of fieldsOf(typed))
      for (const value of candidates(field)) {
        const next = { ...typed, [field.name]: value }
        const after = attempt(next)
        if (after === null) continue
        for (const leaf of leaves) if (JSON.stringify(valueAt(before, leaf)) !== JSON.stringify(valueAt(after, leaf))) found.add(leaf)
        if (deeper > 0 && (field.kind === 'choice' || field.kind === 'yes')) explore(next, deeper - 1)
      }
  }
  explore(initial, 1)
  return found
}

const t = ((key: string) => key) as never
const departments = [{ value: 'd', label: 'Quality' }]
/** Cases with everything that forms look at: some fields are those of a kind, or of a case that somebody handles. */
const caseOf = (kind: string, ownerId: string | null) => ({
  id: 'c',
  version: 1,
  kind,
  record: { channel: 'phone', language: 'en', demand: null },
  process: { steps: [] },
  claim: { state: 'claimed', supplier: 'S', amountMinor: 5, receivedMinor: 0 },
  goods: null,
  assessed: null,
  cause: null,
  responsible: null,
  routed: null,
  proposed: null,
  instructed: null,
  remedyMinor: 0,
  departmentId: null,
  personId: null,
  ownerId,
})
const cases = [caseOf('enquiry', null), caseOf('complaint', 'o')] as readonly unknown[] as readonly ActAbout['found'][]
const about = {
  ...{ departments, locale: 'en' as const, mayPublish: true, route: null },
  back: [{ value: 'cause', label: 'Cause' }],
  steps: [{ value: 'cause', label: 'Cause' }],
  others: [{ value: 'other', label: 'Other' }],
}

const formOf = (endpoint: Endpoint): ActForm | undefined =>
  Object.values(actForms).find((form) => (form.endpoint as unknown as Endpoint) === endpoint)
const acts = writings.filter(([, endpoint]) => formOf(endpoint))

/** What is found wanting, without what is excused. */
const wanting = (name: string, leaves: readonly string[], given: ReadonlySet<string>) =>
  leaves.filter((leaf) => !given.has(leaf)).map((leaf) => `${name} ${leaf}`)

const wantingActs = acts.flatMap(([name, endpoint]) => {
  const form = formOf(endpoint)!
  const leaves = asked(endpoint)
  const given = cases.flatMap((found) => [
    ...sayable(leaves, (typed) => form.fields(t, { ...about, found, typed }), form.said, form.initial?.(found)),
  ])
  return wanting(name, leaves, new Set(given))
})

const known = { id: 'k', name: 'Known' }
/** The record form: of a new case with its customer, or of one that is there. */
function wantingRecord(name: 'open' | 'changeRecord'): readonly string[] {
  const isNew = name === 'open'
  const leaves = asked(casesApi[name] as Endpoint).filter((leaf) => leaf !== 'kind')
  const given = new Set<string>()
  for (const kind of kinds)
    for (const targetKind of targetKinds) {
      const more = { t, known: isNew ? known : undefined, more: true, orders: true, departments }
      const fieldsOf = (typed: Typed) =>
        recordFields(kind, { ...more, typed: { customerId: 'k', ...typed } as never }) as readonly unknown[] as readonly Field<Typed>[]
      const saidOf = (typed: Typed) => {
        const record = recordOf(kind, typed as never)
        return isNew ? { customerId: typed.customerId, ...record, ...begunOf(typed as never) } : { changes: record }
      }
      const initial = { targetKind, demandKind: 'refund', complainantName: 'N', category: 'freight', proactive: false }
      for (const leaf of sayable(leaves, fieldsOf, saidOf, initial)) given.add(leaf)
    }
  return wanting(name, leaves, given)
}

const deskTyped = {
  ...{ matter: 'freight damage', description: 'Other words', demandKind: 'refund', mood: 'angry', interim: 'Help', promise: 'A call' },
  ...{ promiseDay: '2026-01-02', productCode: 'P', dissatisfaction: 'neglected', orderId: 'o', kind: 'complaint' as const },
}
function wantingDesk(): readonly string[] {
  const leaves = asked(casesApi.deskCase).filter((leaf) => leaf !== 'kind' && leaf !== 'customerId')
  const empty = { ...Object.fromEntries(Object.keys(deskTyped).map((key) => [key, null])), kind: 'complaint', description: 'Words' }
  const technique = { technique: { id: 't' }, notes: [] }
  const pairs = [
    [deskSaid('c', empty as never, [], []), deskSaid('c', deskTyped as never, [], [])],
    [deskSaid('c', empty as never, [], []), deskSaid('c', empty as never, [technique as never], ['listen'])],
  ] as const
  const differs = (leaf: string) =>
    pairs.some(([before, after]) => JSON.stringify(valueAt(before, leaf)) !== JSON.stringify(valueAt(after, leaf)))
  return wanting(
    'deskCase',
    leaves,
    new Set(leaves.filter((leaf) => differs(leaf) && leaf !== 'subject' && !leaf.endsWith('amountMinor') && !leaf.endsWith('demand.text'))),
  )
}

const raw = import.meta.glob<string>(['./*.ts', './*.tsx', '!./*.test.ts'], { query: '?raw', import: 'default', eager: true })
const code = new Map(Object.entries(raw).map(([path, text]) => [path.slice(2), text]))
/** A screen that sends an endpoint, with what it is made of. */
const senders = (name: string): readonly string[] =>
  [...code.values()]
    .filter((text) => new RegExp(`\\b(?:casesApi|api)\\.${name}\\b`).test(text))
    .flatMap((text) => [text, ...[...text.matchAll(/from '\.\/([\w-]+\.tsx?)'/g)].flatMap((match) => code.get(match[1]!) ?? [])])

/** Named otherwise than only as nothing: `shares: []` sends a field, and lets nobody say it. */
const isSaid = (name: string, texts: readonly string[]): boolean =>
  texts.some((text) => [...text.matchAll(new RegExp(`\\b${name}\\b(?!: (?:null|\\[\\]|false|0|''|undefined)[,\\s)}])`, 'g'))].length > 0)

const looked = new Set([...acts.map(([name]) => name), 'open', 'changeRecord', 'deskCase'])
const others = writings.filter(([name]) => !looked.has(name))
const wantingOthers = others.flatMap(([name, endpoint]) => {
  const texts = senders(name)
  if (texts.length === 0) return [`${name} (no screen sends it)`]
  const top = [...new Set(asked(endpoint).map((leaf) => leaf.split('.')[0]!))]
  return top.filter((field) => !isSaid(field, texts)).map((field) => `${name} ${field}`)
})

const all = [...wantingActs, ...wantingRecord('open'), ...wantingRecord('changeRecord'), ...wantingDesk(), ...wantingOthers]

describe('whatever a write of cases takes', () => {
  test('there is enough to look at', () => {
    expect(acts.length).toBeGreaterThan(35)
    expect(others.length).toBeGreaterThan(30)
  })
  test('can be said on a screen, or stands here with its reason', () => {
    expect(all.filter((one) => !excused.has(one))).toEqual([])
  })
  test('no reason outlives what it excuses', () => {
    expect([...excused].filter((one) => !all.includes(one))).toEqual([])
  })
  test('the test itself sees a field that is only sent, and one that shows only after another', () => {
    const leaves = ['shares', 'note', 'why.text']
    const fieldsOf = (typed: Typed) => [
      { name: 'note', kind: 'text' as const, label: 'n' },
      { name: 'asks', kind: 'yes' as const, label: 'a' },
      ...(typed.asks === true ? [{ name: 'why', kind: 'text' as const, label: 'w' }] : []),
    ]
    const saidOf = (typed: Typed) => ({ shares: [], note: typed.note ?? null, why: typed.why ? { text: typed.why } : null })
    expect([...sayable(leaves, fieldsOf, saidOf)].toSorted()).toEqual(['note', 'why.text'])
    expect(isSaid('shares', ['({ shares: [], note })'])).toBe(false)
    expect(isSaid('note', ['({ shares: [], note })'])).toBe(true)
  })
})
