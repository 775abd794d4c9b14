import { Button, Tag } from 'antd'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'

type Action = ResultOf<typeof casesApi.moveProcessAction>

/** What a review decided or an audit asked for, as it stands now. */
export function ProcessActions({ actions }: { readonly actions: readonly Action[] }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const notice = useNotice()
  const { may } = useSession()
  const write = useWrite(casesApi.moveProcessAction, { alsoChanges: ['commitments'] })
  const move = (action: Action, state: Action['state']) =>
    void write.send({ actionId: action.id, version: action.version, state }).catch(notice.refused)
  return (
    <ul className="review-entries">
      {actions.map((action) => (
        <li key={action.id}>
          <span className="case-text">{action.text}</span>
          <span className="muted">
            {people.nameOf(action.ownerId)} · {format.day(action.dueDay)} ·{' '}
            {action.doneOn ? t('action.doneOn', { day: format.day(action.doneOn) }) : t(`actionState.${action.state}`)}{' '}
            {action.late && <Tag className="case-bad">{t('improvement.late')}</Tag>}
          </span>
          {may('cases.write') && (
            <span className="row no-print">
              {action.state === 'open' ? (
                <>
                  <Button size="small" onClick={() => move(action, 'done')}>
                    {t('action.done')}
                  </Button>
                  <Button size="small" type="text" onClick={() => move(action, 'dropped')}>
                    {t('action.drop')}
                  </Button>
                </>
              ) : (
                <Button size="small" type="text" onClick={() => move(action, 'open')}>
                  {t('action.again')}
                </Button>
              )}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
