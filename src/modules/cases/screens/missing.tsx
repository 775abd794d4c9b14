import { Button } from 'antd'
import { useWords } from '#ui/words.ts'
import { actsServing } from '../domain/needs.ts'
import { type Detail, useDepartmentName } from './shown.ts'

/** Needs that are served by what may be done in any step. */
const alsoServed: Readonly<Record<string, readonly string[]>> = { recorded: ['changed'], 'supplier-claim': ['claim-moved'] }

/** A department that was chosen has to accept; choosing another one is the exception then. */
const actsFor = (need: string, found: Detail): readonly string[] =>
  need === 'department' && found.departmentId !== null ? ['accepted', 'handed-over', 'routed'] : (alsoServed[need] ?? actsServing(need))

/** What the step needs before the case goes on: each with the act that serves it, for whoever may. */
export function Missing({ found, start }: { readonly found: Detail; readonly start: ((act: string) => void) | null }) {
  const t = useWords('cases')
  if (found.state !== 'open' && found.state !== 'resolved') return null
  return (
    <ul className="case-needs" aria-label={t('needs.title')}>
      {found.needs.map(({ need, met }) => (
        <li key={need} className={met ? 'case-need case-need-met' : 'case-need'}>
          <span aria-hidden="true">{met ? '✓' : '○'}</span>
          <span>
            {t(`need.${need}`)}
            <span className="hidden"> {t(met ? 'needs.met' : 'needs.missing')}</span>
          </span>
          {!met && start && <Ways need={need} found={found} start={start} />}
        </li>
      ))}
    </ul>
  )
}

function Ways({ need, found, start }: { readonly need: string; readonly found: Detail; readonly start: (act: string) => void }) {
  const t = useWords('cases')
  const department = useDepartmentName()
  const [first] = actsFor(need, found)
  const possible = actsFor(need, found).filter((act) => found.may.includes(act))
  return (
    <span className="row">
      {first !== undefined && !possible.includes(first) && (
        <span className="muted">
          {first === 'accepted' ? t('needs.accepts', { name: department(found.departmentId) ?? '…' }) : t('needs.others')}
        </span>
      )}
      {possible.map((act) => (
        <Button key={act} {...(act === first ? { type: 'primary' as const } : {})} onClick={() => start(act)}>
          {t(`act.${act}`)}
        </Button>
      ))}
    </span>
  )
}
