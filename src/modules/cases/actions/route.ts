import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { couldAppeal, lastAppealDay } from '../domain/contest.ts'
import type { EventKind } from '../domain/event.ts'
import type { Language } from '../domain/language.ts'
import { bodiesFor, lastDay, type OutsideBody } from '../domain/outside-body.ts'
import { appealsSetting } from '../settings.ts'
import { mailTexts } from '../texts/index.ts'
import { everyBody, inLanguage } from './bodies.ts'
import { wrong } from './named.ts'
import type { Known } from './performing.ts'
import { rulesOf } from './rules.ts'

export interface Route {
  readonly text: string
  /** The bodies alone, for letters that lead to them in their own words. */
  readonly outside: string
  readonly language: Language
  readonly demanded: boolean
  readonly unchecked: boolean
  readonly bodies: readonly OutsideBody[]
}

/**
 * Where the customer of a case can turn to who does not accept what they are answered today: first to somebody else in the company, unless that is what is `dismissed` or they did already, then to whoever outside hears such a case. In
 * the language in which they are written to.
 */
export async function routeFor(context: Context, found: Known, language: Language, dismissed = false): Promise<Route> {
  const { db, now } = context
  const { state, events } = found
  const rules = await rulesOf(db, events)
  const { timeZone } = await readSetting(db, organizationProfile)
  const { days } = await readSetting(db, appealsSetting)
  const today = dayIn(timeZone, now)
  const bodies = bodiesFor(await everyBody(db), {
    kind: state.kind,
    category: state.record.category,
    regimes: rules.map(({ key }) => key),
  })
  const t = wordsOf(mailTexts, language)
  const dayWords = (day: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
  const lines = bodies.map(({ names, about, url, deadline, binding }) =>
    [
      `• ${inLanguage(names, language)}`,
      inLanguage(about, language),
      url,
      deadline && t('route.until', { by: dayWords(lastDay(today, deadline)) }),
      t(`route.binding.${binding}`),
    ]
      .filter(Boolean)
      .join('\n'),
  )
  const inside = days === 0 || dismissed || !couldAppeal(state) ? [] : [t('route.inside', { by: dayWords(lastAppealDay(today, days)) })]
  const parts = [...inside, ...(lines.length === 0 ? [] : [t(inside.length === 0 ? 'route.lead' : 'route.outside'), ...lines])]
  return {
    ...{ text: parts.join('\n\n'), outside: lines.join('\n\n'), language, bodies },
    demanded: rules.some(({ tellsRoute }) => tellsRoute),
    unchecked: bodies.some(({ version }) => version === 0),
  }
}

/** Rules that want it said are kept: no final answer goes out that does not say where else the customer can turn to. */
export async function mustTellRoute(
  { db }: Pick<Context, 'db'>,
  { state, events }: Pick<Known, 'state' | 'events'>,
  kind: EventKind,
  said: { readonly escalationRoute?: string | null | undefined },
): Promise<void> {
  if (said.escalationRoute?.trim() || (kind === 'told' && state.judged === null)) return
  const demanding = (await rulesOf(db, events)).find(({ tellsRoute }) => tellsRoute)
  if (demanding)
    throw wrong(
      'escalationRoute',
      'route-demanded',
      `${demanding.source?.title ?? demanding.key}: the final answer says where else to turn`,
    )
}

/** An answer as it goes out: what was written, and behind it where else to turn, as far as that does not stand in it already. */
export function withRoute(text: string, route: string | null | undefined): string {
  const parts = (route ?? '').trim().split(/\n{2,}/)
  const missing = parts.filter((part) => part !== '' && !text.includes(part))
  const first = parts.findIndex(isBody)
  // The line that leads to the bodies goes with them.
  const left = first < 0 || missing.some(isBody) ? missing : missing.filter((part) => part !== parts[first - 1])
  return left.length === 0 ? text : [text.trimEnd(), ...left].join('\n\n')
}
const isBody = (part: string): boolean => part.startsWith('•')
