import { randomBytes } from 'node:crypto'
import type { Context as HttpContext } from 'hono'
import { z } from 'zod'
import type { Endpoint } from '../contract.ts'
import { withTransaction } from '../database/connection.ts'
import { hasPublished } from '../facts.ts'
import { removeFile, storeFile, uploadMediaType } from '../files.ts'
import { claimKey, keepOutcome } from '../idempotency.ts'
import { timeOrderedId } from '../identifier.ts'
import type { Module } from '../module.ts'
import { newContext } from '../new-context.ts'
import type { PageAnswer } from '../pages/answer.ts'
import { tokenField, trapField } from '../pages/form.ts'
import { keptFileOf, type Shown, shownForm } from '../pages/form-token.ts'
import { readForm, type SentFile, type SentForm } from '../pages/read-form.ts'
import type { PrivateLink } from '../private-link.ts'
import { Refusal, refuse } from '../refusal.ts'
import { type Allowance, claimAttempt, giveBack } from '../sign-in/throttle.ts'
import { writeCarriedOut } from '../trail/facts.ts'
import { holdsNul } from './body.ts'
import { anyone, type Input } from './callers.ts'
import { type Arrival, type Form, sealingOf } from './customer-visit.ts'
import { invalidInput, refusalOfDatabase } from './problem.ts'
import { type Parts, writeOf } from './shell.ts'

export interface FormParts {
  readonly parts: Parts
  readonly arrival: Arrival
  readonly module: Module
  readonly name: string
  readonly link: PrivateLink | undefined
}

/** Where a form that was taken leads, or why it was not and what it held. */
export type TakenForm = { readonly to: Redirect } | RefusedForm
export interface RefusedForm {
  readonly refusal: Refusal
  readonly form: Form
}
type Redirect = PageAnswer & { readonly kind: 'redirect' }

const leastSeconds = 2
const usualSends = { perAddress: 20, overall: 600 }
const minutes = 10
/** So many forms with files are taken within a day, from one address and from all together. */
const filesInADay = { perAddress: 40, overall: 2000 }

/** Reads a form, holds it against what programs would send, and carries it out once, however often it comes. */
export async function takeForm(c: HttpContext, { parts, arrival, module, name, link }: FormParts): Promise<TakenForm> {
  const { shell, house } = parts
  const endpoint = module.api[name]!
  const called = `${module.name}.${name}`
  const sealing = sealingOf(house.sealing)
  const now = shell.now()
  const { perAddress, overall } = endpoint.page?.sends ?? usualSends
  const allowances: Allowance[] = [
    { of: `form ${called} from ${shell.sender(c)}`, attempts: perAddress, minutes },
    { of: `form ${called}`, attempts: overall, minutes },
  ]
  const fileAllowances: Allowance[] = [
    { of: `files from ${shell.sender(c)}`, attempts: filesInADay.perAddress, minutes: 1440 },
    { of: 'files', attempts: filesInADay.overall, minutes: 1440 },
  ]
  const stored: SentFile[] = []
  let shown: Shown | null = null
  let looked: Promise<Refusal | null> | null = null

  /** Whether it was shown by us, to a person, and not too often from here; asked before any file is taken in. */
  const lookAt = (fields: SentForm['fields']) => {
    looked ??= (async () => {
      const trap = fields.get(trapField)?.some((value) => value.trim() !== '') ?? false
      if (trap) return refuse('invalid', 'form-not-taken', 'The field that people leave empty was filled in')
      shown = await shownForm(sealing, fields.get(tokenField)?.[0] ?? '', now)
      if (!shown) return refuse('invalid', 'form-expired', 'The form was not shown here, or too long ago; send it once more')
      const least = (endpoint.page?.leastSeconds ?? leastSeconds) * 1000
      if (now.getTime() - shown.at.getTime() < least)
        return refuse('invalid', 'form-too-quick', 'It was sent as soon as it was shown; send it once more')
      return claimAttempt(shell.database.db, allowances, now).then(() => null, tooOften)
    })()
    return looked
  }

  try {
    const form = await readForm(c, endpoint.page?.files, {
      // Files are counted apart: a form weighs nothing, what comes with it lies in the database.
      before: async (fields) => {
        if ((await lookAt(fields)) !== null) return false
        looked = claimAttempt(shell.database.db, fileAllowances, now).then(() => null, tooOften)
        return (await looked) === null
      },
      async store(fileName, content, limit) {
        const id = timeOrderedId(now)
        const file = { id, name: fileName, mediaType: uploadMediaType, createdBy: anyone.id, now, limit }
        const { name: plain, bytes } = await storeFile(shell.database.db, file, content)
        const sent = { id, name: plain, bytes }
        stored.push(sent)
        return sent
      },
    })
    const files = await filesOf(form)
    const refusal = (await lookAt(form.fields)) ?? files.refusal
    const outcome = refusal ?? (await carryOut(form, files.all))
    if (!(outcome instanceof Refusal)) return { to: outcome }
    if (outcome.kind === 'invalid' && refusal === null && stored.length === 0) await giveBack(shell.database.db, allowances)
    return { refusal: outcome, form: { typed: typedIn(form), files: files.all, token: again(form, outcome) } }
  } catch (error) {
    // Nobody is shown a form with these files any more.
    for (const { id } of stored) await removeFile(shell.database.db, id)
    throw error
  }

  /** The files that came now and those that came before, which the form names by what it was given for them. */
  async function filesOf({ fields, files, problems, values }: SentForm) {
    const field = endpoint.page?.files?.field
    const tokens = field === undefined ? [] : (fields.get(field) ?? [])
    const kept = (await Promise.all(tokens.map((token) => keptFileOf(sealing, token)))).flatMap((file) => file ?? [])
    const most = endpoint.page?.files?.most ?? 0
    const all = [...kept, ...files.map(({ id, name: fileName }) => ({ id, name: fileName }))].slice(0, most)
    const [first] = problems
    return { all, refusal: first ? refuse('invalid', first.reason, first.detail, { fields: problems, values }) : null }
  }

  async function carryOut(form: SentForm, files: readonly { readonly id: string }[]): Promise<Redirect | Refusal> {
    const raw = rawOf(endpoint, form, c.req.param(), files)
    if (holdsNul(raw)) return refuse('invalid', 'bad-text', 'The text contains a character that cannot be stored')
    const parsed = endpoint.input.safeParse(raw)
    if (!parsed.success) return invalidInput(parsed.error)
    const key = `${called} ${shown?.id ?? randomBytes(16).toString('base64url')}`
    // The same files again have other ids.
    const field = endpoint.page?.files?.field
    const same = { ...raw, ...(field ? { [field]: form.files.map(({ name: fileName, bytes }) => [fileName, bytes]) } : {}) }
    const visit = await arrival.visit()
    try {
      return await withTransaction(
        shell.database,
        async (db) => {
          const first = await claimKey(db, { actor: anyone.id, key, endpoint: called, input: same, now })
          if (first) {
            for (const { id } of stored.splice(0)) await removeFile(db, id)
            return opened(first.replay, key)
          }
          const context = newContext({ db, now, actor: anyone, reach: [], queue: shell.queue, house, visit, link })
          const answer = (await module.actions[name]!(context, parsed.data as never)) as PageAnswer
          if (answer.kind !== 'redirect') throw new Error(`${called} answers a form with a page; it has to lead on`)
          if (!hasPublished(db)) await context.publish(writeCarriedOut, writeOf(called, endpoint, raw))
          // Where it leads may be private.
          const sealed = await sealing.seal(JSON.stringify(answer), `outcome ${key}`)
          await keepOutcome(db, anyone.id, key, { sealed: sealed.toString('base64') })
          return answer
        },
        { retries: 3 },
      )
    } catch (error) {
      const refusal = error instanceof Refusal ? error : refusalOfDatabase(error)
      if (!refusal) throw error
      return refusal.reason === 'key-reused'
        ? refuse('conflict', 'form-sent', 'This form was sent already with something else in it')
        : refusal
    }
  }

  async function opened(outcome: unknown, key: string): Promise<Redirect> {
    const { sealed } = outcome as { sealed: string }
    return JSON.parse(await sealing.open(Buffer.from(sealed, 'base64'), `outcome ${key}`))
  }

  /** Whoever only mends what was typed need not wait again; what was sent, or was shown too long ago, is a new form. */
  function again({ fields }: SentForm, { reason }: Refusal): string | null {
    return shown === null || reason === 'form-sent' ? null : (fields.get(tokenField)?.[0] ?? null)
  }

  function typedIn({ fields }: SentForm): Form['typed'] {
    const own = [tokenField, trapField, endpoint.page?.files?.field]
    return Object.fromEntries([...fields].filter(([field]) => !own.includes(field)))
  }
}

/** People are told minutes. */
function tooOften(error: unknown): Refusal {
  if (!(error instanceof Refusal)) throw error
  const { kind, reason, message, values, retryAfter } = error
  const left = { ...values, minutes: Math.max(1, Math.ceil(Number(values.seconds ?? 60) / 60)) }
  return refuse(kind, reason, message, { values: left, retryAfter: retryAfter ?? 60 })
}

/** What the contract asks for, out of a form: what was left empty is missing, what may come several times is a list, and the path overrules both. */
function rawOf(
  { input, page }: Endpoint,
  { fields }: SentForm,
  inPath: Readonly<Record<string, string>>,
  files: readonly { readonly id: string }[],
): Input & Record<string, unknown> {
  const shape = 'shape' in input ? (input.shape as Readonly<Record<string, z.ZodType>>) : {}
  const raw: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(shape)) {
    const values = (fields.get(name) ?? []).filter((value) => value.trim() !== '')
    if (isList(schema)) raw[name] = values
    else if (values[0] !== undefined) raw[name] = values[0]
  }
  if (page?.files) raw[page.files.field] = files.map(({ id }) => id)
  return { ...raw, ...inPath }
}

function isList(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return isList(schema.unwrap() as z.ZodType)
  return schema instanceof z.ZodArray
}
