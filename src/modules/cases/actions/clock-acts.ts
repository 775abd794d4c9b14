import { isKnownCustomer } from '#modules/customers/public.ts'
import { servicePolicyVersion } from '#modules/value/public.ts'
import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { clockEndpoints } from '../api/clocks.ts'
import { isEnd } from '../domain/case.ts'
import { regimeSlot } from '../domain/clock-log.ts'
import { explain, type Part, sideBySide } from '../domain/clocks/explain.ts'
import type { Reading } from '../domain/clocks/reading.ts'
import type { Names, Regime } from '../domain/clocks/regimes.ts'
import { happened, type PolicyTerms } from '../domain/event.ts'
import { actedOf } from './acted.ts'
import { clocksNow } from './clocks.ts'
import { wrong } from './named.ts'
import { heldCase, type Known, known, mustBeAllowed, perform } from './performing.ts'
import { policyFor } from './policy.ts'
import { rulesOf } from './rules.ts'

export const clockActions: Actions<typeof clockEndpoints> = {
  async clocks(context, { caseId }) {
    const found = await known(context, caseId)
    const { process, events } = found
    const { readings, calendarFor } = await clocksNow(context, process, events)
    const rules = await rulesOf(context.db, events)
    const binding = new Set(sideBySide(readings).flatMap(({ binding: one }) => (one ? [one.id] : [])))
    return {
      policy: await policyBeside(context, found),
      clocks: readings
        .filter(({ startedAt }) => startedAt !== null)
        .map((reading) => ({
          id: reading.id,
          slot: reading.slot,
          key: reading.key,
          ...namesOf(rules, reading),
          source: reading.terms.source,
          ...(isOfPolicy(reading.terms)
            ? { terms: null, policyName: reading.terms.name }
            : { terms: reading.terms.name, policyName: null }),
          termsVersion: reading.terms.version,
          state: reading.state,
          dueAt: reading.dueAt,
          warnAt: reading.warnAt,
          escalateAt: reading.escalateAt,
          metAt: reading.metAt,
          breachedAt: reading.breachedAt,
          cancelledAt: reading.cancelledAt,
          share: reading.share,
          binding: binding.has(reading.id),
          why: explain(reading, calendarFor).map((part) => namedPart(part, reading, rules)),
          extensions:
            reading.state === 'running' || reading.state === 'breached'
              ? extensionsOf(rules, reading.slot, reading.key).map(({ key, needs }) => ({
                  key,
                  needs,
                  names: extensionNames(rules, reading, key),
                }))
              : [],
        })),
    }
  },

  async extend(context, { caseId, version, regime, target, extension, reason }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'regime-extended')
    if (!found.state.regimes.includes(regime)) throw wrong('regime', 'no-such-regime', 'The case is not under these rules')
    const granted = extensionsOf(await rulesOf(context.db, found.events), regimeSlot(regime), target).find(({ key }) => key === extension)
    if (!granted) throw wrong('extension', 'no-such-extension', 'These rules know no such extension')
    if (granted.needs === 'approval' && !context.actor.can('cases.approve'))
      throw refuse('forbidden', 'needs-approval', 'Only whoever decides on remedies grants this')
    if (granted.needs === 'reply' && found.state.told === null && found.state.acknowledged === null)
      throw refuse('conflict', 'needs-reply', 'The customer has to be told first')
    const running = (await clocksNow(context, found.process, found.events)).readings.some(
      (reading) =>
        reading.slot === regimeSlot(regime) &&
        reading.key === target &&
        reading.isLatest &&
        reading.startedAt &&
        !reading.metAt &&
        !reading.cancelledAt,
    )
    if (!running) throw refuse('conflict', 'clock-not-running', 'This clock does not run')
    return actedOf(await perform(context, found, happened('regime-extended', { regime, target, extension, reason }), { unasked: true }))
  },

  async applyPolicy(context, { caseId, version }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'policy-applied')
    const policy = await policyFor(context, found.row.customerId)
    const { policy: before } = found.state
    if (before?.policyId === policy.policyId && before.version === policy.version)
      throw refuse('conflict', 'policy-applied-already', 'It follows this policy already')
    return actedOf(await perform(context, found, happened('policy-applied', { policy }), { unasked: true }))
  },
}

/** Set by a policy for some customers; what the company promises everybody is a promise, too, and no policy: it has no version. */
const isOfPolicy = ({ source, version }: Pick<Reading['terms'], 'source' | 'version'>): boolean => source === 'policy' && version !== null

/** A policy is called in a field of its own, since not everybody may see for which tier it is. */
const namedPart = (part: Part, reading: Reading, rules: readonly Regime[]) => {
  if (part.part === 'extended') return { ...part, ...named(extensionNames(rules, reading, part.extension)) }
  if (part.part !== 'terms') return part
  if (!isOfPolicy(part)) return { ...part, ...named(namesOf(rules, reading).termsNames) }
  const { name: policyName, ...rest } = part
  return { ...rest, policyName }
}

/** The policy of a case beside the one by which its customer is served now. Of a case that has ended the latter does not matter. */
async function policyBeside(context: Context, { row, state }: Known) {
  const nameOf = async ({ policyId, version }: PolicyTerms) => (await servicePolicyVersion(context.db, policyId, version))?.name ?? ''
  const { policy } = state
  const now = isEnd(state.state) || !(await isKnownCustomer(context.db, row.customerId)) ? policy : await policyFor(context, row.customerId)
  const differs = now !== null && (policy?.policyId !== now.policyId || policy.version !== now.version)
  const present = differs ? { name: await nameOf(now), version: now.version } : null
  if (policy === null) return present && { name: null, version: 0, present }
  return { name: await nameOf(policy), version: policy.version, present }
}

/** What may be granted to a clock of a regime. */
const extensionsOf = (rules: readonly Regime[], slot: string, target: string) =>
  ruleIn(rules, slot)?.terms.targets.find(({ key }) => key === target)?.extensions ?? []

const ruleIn = (rules: readonly Regime[], slot: string) => rules.find(({ key }) => regimeSlot(key) === slot)

/** What the company calls a clock of its own rules, and these; null where screens have the words. */
function namesOf(rules: readonly Regime[], { slot, key }: Reading) {
  const called = ruleIn(rules, slot)?.called
  return { names: called?.clocks[key] ?? null, termsNames: called?.names ?? null }
}

const extensionNames = (rules: readonly Regime[], { slot, key }: Reading, extension: string): Names | null =>
  ruleIn(rules, slot)?.called?.extensions[`${key}/${extension}`] ?? null

const named = (names: Names | null) => (names === null ? {} : { names })
