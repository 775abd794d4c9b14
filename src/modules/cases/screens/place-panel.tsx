import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { useDuration } from '#ui/use-duration.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { useTeamName } from './shown.ts'

/** Why a case stands in queues where it does. */
export function PlacePanel({ caseId }: { readonly caseId: string }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const duration = useDuration()
  const team = useTeamName()
  const found = useRead(casesApi.place, { caseId })
  const headStart = (what: string, minutes: number) =>
    minutes === 0 ? t('place.noHeadStart', { what }) : t('place.headStart', { what, time: duration(minutes) })
  return (
    <Loaded of={found}>
      {({ immediate, tier, severity, place, teamId, dueInMinutes, waitedMinutes, ahead, ...limits }) => (
        <ul className="case-why">
          {immediate && <li>{t(`place.immediate.${immediate}`)}</li>}
          {tier && <li>{headStart(ui(`tier.${tier.tier}`), tier.headStartMinutes)}</li>}
          <li>{headStart(t(`severity.${severity.severity}`), severity.headStartMinutes)}</li>
          {place && <li>{headStart(t('place.place', { place: place.place }), place.headStartMinutes)}</li>}
          {dueInMinutes !== null && (
            <li>{t(dueInMinutes < 0 ? 'place.overdue' : 'place.dueIn', { time: duration(Math.abs(dueInMinutes)) })}</li>
          )}
          <li>{t('place.waited', { time: duration(waitedMinutes) })}</li>
          {teamId && <li>{t('place.team', { name: team(teamId) ?? t('choice.gone') })}</li>}
          {ahead !== null && <li>{t('place.ahead', { count: ahead })}</li>}
          <LimitLines of={{ ...limits, immediate, teamId }} />
        </ul>
      )}
    </Loaded>
  )
}

type Limited = Pick<ResultOf<typeof casesApi.place>, 'heldBack' | 'teamLimit' | 'productLimit' | 'immediate' | 'teamId'>

/** How the limits stand that apply to a case that waits: what is held back goes on when enough of what is in hand has ended. */
function LimitLines({ of: { heldBack, teamLimit, productLimit, immediate, teamId } }: { readonly of: Limited }) {
  const t = useWords('cases')
  const format = useFormat()
  const team = useTeamName()
  const all = [
    { kind: 'team', limit: teamLimit, name: team(teamId) ?? t('choice.gone') },
    { kind: 'product', limit: productLimit, name: productLimit?.name ?? productLimit?.code ?? '' },
  ].flatMap(({ kind, limit, name }) => (limit ? [{ kind, name, ...limit }] : []))
  const lines = all.map(({ kind, name, inHand, most }) => {
    const values = { name, inHand: format.number(inHand), most: format.number(most), count: inHand - most + 1 }
    return { kind, isFull: inHand >= most, said: t(`place.${heldBack && inHand >= most ? 'full' : 'room'}.${kind}`, values) }
  })
  return (
    <>
      {lines.map(({ kind, said }) => (
        <li key={kind}>{said}</li>
      ))}
      {/* Of a team that is not for whoever reads this. */}
      {heldBack && !lines.some(({ isFull }) => isFull) && <li>{t('place.full.any')}</li>}
      {immediate && lines.some(({ isFull }) => isFull) && <li>{t('place.notHeldBack')}</li>}
    </>
  )
}

/** The same alone, for whoever has just recorded a case that waits. */
export function Limits({ caseId }: { readonly caseId: string }) {
  const found = useRead(casesApi.place, { caseId })
  return (
    <Loaded of={found} lines={1}>
      {(place) => (
        <ul className="case-why">
          <LimitLines of={place} />
        </ul>
      )}
    </Loaded>
  )
}
