import { customerLanguage } from '#modules/customers/public.ts'
import { companyLanguage, renderTemplate, templateOf } from '#modules/knowledge/public.ts'
import { orderById } from '#modules/orders/public.ts'
import { allDepartments, dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'
import type { Case } from '../domain/case.ts'
import { decidedRemedies } from '../domain/fold.ts'
import { type Language, letterLanguage, type TemplateValues } from '../domain/letters.ts'
import { texts } from '../texts/index.ts'
import type { Known } from './performing.ts'
import { shownCustomers, shownId } from './reach.ts'
import { routeFor } from './route.ts'

/** In which language the customer of a case is written to: as the case says, else as their archive does, else the company's. */
export const languageFor = async ({ db }: Context, { row, state }: Pick<Known, 'row' | 'state'>): Promise<Language> =>
  state.record.language ?? letterLanguage(await customerLanguage(db, row.customerId)) ?? (await companyLanguage(db))

/** A reply template with everything filled in that the case tells. */
export async function letterFor(context: Context, found: Known, templateId: string) {
  const template = await templateOf(context.db, templateId)
  if (!template)
    throw refuse('missing', 'no-such-template', 'There is no such template', {
      fields: [{ field: 'templateId', reason: 'no-such-template', detail: 'There is no such template' }],
    })
  const language = await languageFor(context, found)
  const { subject, body, missing, language: written } = renderTemplate(template.texts, await valuesFor(context, found, language), language)
  return { customerId: await shownId(context, found.row), language: written, subject, body, missing: [...missing] }
}

async function valuesFor(context: Context, found: Known, language: Language): Promise<TemplateValues> {
  const { row, state } = found
  const { db, actor, now } = context
  const { name, currency, timeZone } = await readSetting(db, organizationProfile)
  const { record, departmentId } = state
  const order = record.orderId === null ? null : await orderById(db, record.orderId)
  const department = departmentId === null ? null : (await allDepartments(db)).find(({ id }) => id === departmentId)
  const day = (at: Date | null | undefined) => (at ? dayIn(timeZone, at) : null)
  const promise = state.promises.at(-1)
  const { outside: route } = await routeFor(context, found, language)
  const amount = decidedRemedies(state).reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const words = texts[language] as Readonly<Record<string, unknown>>
  return {
    customerName: record.complainant?.name ?? (await shownCustomers(context, [row])).get(row.customerId)?.name ?? null,
    companyName: name,
    agentName: actor.kind === 'person' ? actor.name : null,
    departmentName: department?.name ?? null,
    caseNumber: state.number,
    caseSubject: record.subject,
    orderNumber: order?.number ?? null,
    product: record.productCode,
    finding: state.judged ? String(words[`finding.${state.judged.finding}`] ?? '') : null,
    explanation: state.judged?.note ?? null,
    remedy: remedyWords(state, words),
    promise: promise?.text ?? null,
    promiseDay: promise?.day ?? null,
    today: day(now),
    receivedDay: day(record.receivedAt),
    answerDay: day(state.acknowledged?.answerBy ?? row.dueAt),
    amount: amount > 0 ? { minor: amount, currency } : null,
    escalationContact: route === '' ? null : route,
  }
}

/** What is done, in words of the letter's language; what was done at once where nothing is decided yet. Nobody is promised what is only proposed. */
function remedyWords(state: Case, words: Readonly<Record<string, unknown>>): string | null {
  const decided = decidedRemedies(state).map(({ kind, text }) => [words[`remedy.${kind}`], text].filter(Boolean).join(': '))
  const said = decided.length > 0 ? decided : state.interim.map(({ text }) => text)
  return said.length === 0 ? null : said.join('; ')
}
