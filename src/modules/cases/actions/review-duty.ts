import { addCommitment } from '#modules/commitments/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import type { SettingGuard } from '#platform/module.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'
import { isUserId } from '#platform/user-id.ts'
import { dayAfter } from '../domain/figure.ts'
import { lastEnded, type ReviewPeriod } from '../domain/review-period.ts'
import { reviewsSetting } from '../settings.ts'
import { reviewOfPeriod } from '../store/reviews.ts'
import { texts } from '../texts/index.ts'
import { mustWorkHere } from './named.ts'
import { today } from './people.ts'

/** By what the commitment to hold the review of a period is known, and its id: there is one for each. */
const reviewOrigin = ({ from, to }: ReviewPeriod) => ({ module: 'cases', id: `review:${from}:${to}` })
export const reviewDutyId = ({ from, to }: ReviewPeriod): string => derivedId('commitment', 'cases.review', `${from} ${to}`)

/** Once a period is over, whoever is responsible has its review in their day. Answers whether somebody was asked. */
export async function askForReview(context: Context): Promise<boolean> {
  const { db } = context
  const { rhythm, dueDays, responsibleId } = await readSetting(db, reviewsSetting)
  if (responsibleId === null || !isUserId(responsibleId) || (await enabledAmong(db, [responsibleId])).length === 0) return false
  const period = lastEnded(rhythm, await today(context))
  if ((await reviewOfPeriod(db, period))?.state === 'held') return false
  const { locale } = await readSetting(db, organizationProfile)
  await addCommitment(context, {
    kind: 'task',
    title: texts[locale]['owed.review'].replace('{{from}}', period.from).replace('{{to}}', period.to),
    dueDay: dayAfter(period.to, dueDays),
    ownerId: responsibleId,
    id: reviewDutyId(period),
    origin: reviewOrigin(period),
  })
  return true
}

/** Whoever is named is there to do it. */
export const mustBeResponsible: SettingGuard = async (context, { after }) =>
  mustWorkHere(context, 'value.responsibleId', (after as { readonly responsibleId: string | null }).responsibleId)
