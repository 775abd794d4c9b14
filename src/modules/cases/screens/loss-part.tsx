import { PlusOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { ActDialog } from './act-dialog.tsx'
import { PenaltyDialog } from './penalty-dialog.tsx'
import { RecognizeDialog } from './recognize-dialog.tsx'
import type { Detail } from './shown.ts'

/** What was lost, by which measures it is recovered, what remains (G-09), and what follows for staff (G-10). */
export function LossPart({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const format = useFormat()
  const notice = useNotice()
  const [act, setAct] = useState<'recovery' | 'penalty' | 'recognition' | null>(null)
  const receive = useWrite(casesApi.recover, { onDone: () => notice.done(t('acted')) })
  const may = found.may.includes('recovery')
  const close = () => setAct(null)
  return (
    <section aria-label={t('loss.title')}>
      <h3>{t('loss.title')}</h3>
      <dl className="facts">
        <div>
          <dt>{t('said.lossMinor')}</dt>
          <dd>{found.loss ? format.money(found.loss.lossMinor) : `${format.money(found.remedyMinor)} (${t('loss.fromRemedies')})`}</dd>
        </div>
        <div>
          <dt>{t('said.recoveredMinor')}</dt>
          <dd>{format.money(found.recoveredMinor)}</dd>
        </div>
        <div>
          <dt>{t('loss.net')}</dt>
          <dd>
            <b>{format.money(found.netLossMinor)}</b>
          </dd>
        </div>
      </dl>
      {found.recoveries.length > 0 && (
        <ul className="plain-list">
          {found.recoveries.map(({ id, source, text, amountMinor, received }) => (
            <li key={id} className="row">
              <Tag>{received ? `✓ ${t('loss.received')}` : t('loss.expected')}</Tag>
              <span>{[t(`recoverySource.${source}`), format.money(amountMinor), text].join(' · ')}</span>
              {may && !received && (
                <Button
                  size="small"
                  loading={receive.pending}
                  onClick={() =>
                    void receive
                      .send({ caseId: found.id, version: found.version, id, source, text, amountMinor, received: true })
                      .catch(notice.refused)
                  }
                >
                  {t('loss.receive')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Staff found={found} />
      <span className="row">
        {may && (
          <Button icon={<PlusOutlined />} onClick={() => setAct('recovery')}>
            {t('act.recovery')}
          </Button>
        )}
        {found.may.includes('penalty-considered') && <Button onClick={() => setAct('penalty')}>{t('penalty.propose')}</Button>}
        <Button onClick={() => setAct('recognition')}>{t('recognition.propose')}</Button>
      </span>
      {act === 'recovery' && <ActDialog act="recovery" found={found} close={close} />}
      {act === 'penalty' && <PenaltyDialog found={found} close={close} />}
      {act === 'recognition' && <RecognizeDialog caseId={found.id} close={close} />}
    </section>
  )
}

/** What was proposed about staff because of the case, as far as one may see it. */
function Staff({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const { may } = useSession()
  const { data } = useRead(casesApi.penaltiesOfCase, { caseId: found.id })
  if (!data || data.entries.length + data.hidden === 0) return null
  return (
    <>
      <h4>{t('loss.staff')}</h4>
      <ul className="plain-list">
        {data.entries.map((entry) => (
          <li key={entry.id} className="row">
            <Tag>{t(`entryState.${entry.state}`)}</Tag>
            <span>
              {[
                people.nameOf(entry.userId),
                entry.role ? t(`penaltyRole.${entry.role}`) : t(`recognition.${entry.act}`),
                entry.kind === 'penalty' ? format.money(entry.amountMinor) : t('scorecard.pointsOf', { count: entry.points }),
              ].join(' · ')}
            </span>
            <small className="muted">{entry.reason}</small>
          </li>
        ))}
      </ul>
      {data.hidden > 0 && <p className="muted">{t('loss.hidden', { count: data.hidden })}</p>}
      {may('cases.penalties') && <Link to="/staff-scorecard?view=waiting">{t('loss.decide')}</Link>}
    </>
  )
}
