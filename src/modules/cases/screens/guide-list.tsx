import { Button } from 'antd'
import { knowledgeApi } from '#modules/knowledge/api.ts'
import { Loaded } from '#ui/page.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { nextAction } from '../domain/guide.ts'

interface Props {
  readonly done: readonly string[]
  /** Null for whoever only looks. */
  readonly onTick: ((action: string) => void) | null
  readonly pending?: boolean
  /** Actions that have to wait until there is a case. */
  readonly later?: readonly string[]
}

/** The six actions at the desk in their order (G-19): the next one can be ticked. */
export function GuideList({ done, onTick, pending = false, later = [] }: Props) {
  const t = useWords('cases')
  const { language } = useLanguage()
  const found = useRead(knowledgeApi.desk, { language })
  return (
    <Loaded of={found} lines={4}>
      {({ guide }) => {
        if (guide === null) return <p className="muted">{t('guide.none')}</p>
        const next = nextAction(
          guide.items.map(({ key }) => key),
          done,
        )
        return (
          <ol className="case-guide">
            {guide.items.map(({ key, title, hint }) => (
              <li
                key={key}
                className={done.includes(key) ? 'case-guide-done' : undefined}
                {...(key === next ? { 'aria-current': 'step' as const } : {})}
              >
                <div>
                  <b>{title}</b>
                  {done.includes(key) && <span className="muted"> ✓ {t('guide.done')}</span>}
                  <div className="muted">{hint}</div>
                </div>
                {key === next && onTick && !later.includes(key) && (
                  <Button aria-label={`${title}: ${t('guide.tick')}`} loading={pending} onClick={() => onTick(key)}>
                    {t('guide.tick')}
                  </Button>
                )}
                {key === next && later.includes(key) && <span className="muted">{t('guide.later')}</span>}
              </li>
            ))}
          </ol>
        )
      }}
    </Loaded>
  )
}

/** How we deal with people, in one's own language (G-27). */
export function Conduct() {
  const { language } = useLanguage()
  const { data } = useRead(knowledgeApi.desk, { language })
  if (!data?.conduct) return null
  return (
    <ul className="case-conduct">
      {data.conduct.items.map(({ key, title, hint }) => (
        <li key={key}>
          <b>{title}</b> <span className="muted">{hint}</span>
        </li>
      ))}
    </ul>
  )
}
