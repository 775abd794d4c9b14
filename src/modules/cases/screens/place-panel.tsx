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
      {({ immediate, tier, severity, place, teamId, dueInMinutes, waitedMinutes, ahead }) => (
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
        </ul>
      )}
    </Loaded>
  )
}
