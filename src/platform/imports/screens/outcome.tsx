import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { download } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Money } from '#ui/money.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { type Import, type ImporterView, importsApi, type Outcome } from '../api.ts'
import { useImportWords } from './import-words.ts'
import { Noted, ProblemTable } from './problem-table.tsx'

/** What an import did, or a dry run would do: counts, days, net revenue, and what is wrong with the rows that are not in. */
export function OutcomeView({ of, outcome, importer }: { of: Import; outcome: Outcome; importer: ImporterView }) {
  const t = useWords('imports')
  const words = useImportWords()
  const format = useFormat()
  const good = outcome.rows - outcome.rejected
  return (
    <>
      <Section
        title={t(of.dryRun ? 'result.check' : 'result.import')}
        about={of.dryRun ? t('result.checkAbout') : of.state === 'done' ? t('result.importAbout') : undefined}
      >
        <dl className="import-figures">
          <Figure label={t('result.rows')} value={format.number(outcome.rows)} />
          <Figure label={t('result.good')} value={format.number(good)} />
          <Figure label={t('result.rejected')} value={format.number(outcome.rejected)} bad={outcome.rejected > 0} />
          {outcome.netMinor !== undefined && <Figure label={t('result.net')} value={<Money minor={outcome.netMinor} />} />}
          {outcome.days && (
            <Figure
              label={t('result.days')}
              value={t('result.fromTo', { from: format.day(outcome.days.from), to: format.day(outcome.days.to) })}
            />
          )}
          {Object.entries(outcome.counts)
            .filter(([name, count]) => count !== 0 || always.includes(name))
            .sort(([a], [b]) => placeOf(a) - placeOf(b))
            .map(([name, count]) => (
              <Figure
                key={name}
                label={words.count(importer, name)}
                value={name.endsWith('Minor') ? <Money minor={count} /> : format.number(count)}
              />
            ))}
        </dl>
        {(outcome.counts.conflicting ?? 0) > 0 && <p className="import-warning">{t('result.conflicting')}</p>}
        {(outcome.counts.anonymousLines ?? 0) > 0 && <p className="muted">{t('result.anonymous')}</p>}
        {!of.dryRun && of.state === 'done' && of.undo === null && <Onward importer={importer} />}
      </Section>
      {outcome.rejected > 0 && <Rejected of={of} outcome={outcome} importer={importer} />}
      {outcome.notes && outcome.notes.count > 0 && <Noted notes={outcome.notes} importer={importer} />}
    </>
  )
}

/** What is said also where it is none; the rest only where there is some. */
const always: readonly string[] = ['new', 'changed', 'unchanged']

/** Counts come in no order of their own: first what happened to the records, then what else the importer counts. */
const placeOf = (name: string): number => {
  const place = ['new', 'changed', 'unchanged', 'conflicting', 'orders', 'refunds', 'customers', 'customersNew'].indexOf(name)
  return place < 0 ? 100 : place
}

function Figure({ label, value, bad = false }: { label: string; value: ReactNode; bad?: boolean }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={bad ? 'figure-loss' : undefined}>{value}</dd>
    </div>
  )
}

/** What to look at now. */
function Onward({ importer }: { importer: ImporterView }) {
  const t = useWords('imports')
  const { may } = useSession()
  const goals = [
    {
      to: '/customers',
      label: 'onward.customers',
      permission: 'customers.read',
      when: ['customers', 'orders', 'key-persons', 'contact-points', 'used-competitors'],
    },
    { to: '/orders', label: 'onward.orders', permission: 'orders.read', when: ['orders'] },
    { to: '/products', label: 'onward.products', permission: 'orders.read', when: ['products', 'orders'] },
    { to: '/value', label: 'onward.value', permission: 'value.read', when: ['orders', 'products', 'customers'] },
    { to: '/value/spend', label: 'onward.spend', permission: 'value.read', when: ['spend'] },
  ].filter(({ permission, when }) => may(permission) && when.includes(importer.kind))
  return (
    <>
      {importer.kind === 'orders' && <p>{t('onward.valuing')}</p>}
      {goals.length > 0 && (
        <p className="import-onward">
          {goals.map(({ to, label }) => (
            <Link key={to} to={to}>
              {t(label)}
            </Link>
          ))}
        </p>
      )}
    </>
  )
}

function Rejected({ of, outcome, importer }: { of: Import; outcome: Outcome; importer: ImporterView }) {
  const t = useWords('imports')
  const format = useFormat()
  const notice = useNotice()
  return (
    <Section
      title={t('rejected.title', { count: outcome.rejected, shown: format.number(outcome.rejected) })}
      about={of.dryRun ? t('rejected.aboutCheck') : of.state === 'done' ? t('rejected.about') : undefined}
      actions={
        of.hasRejects && (
          <Button icon={<DownloadOutlined />} onClick={() => void download(importsApi.rejects, { id: of.id }).catch(notice.refused)}>
            {t('rejected.download')}
          </Button>
        )
      }
    >
      {of.rowsHidden ? (
        <p className="muted">{t('rejected.hidden')}</p>
      ) : (
        <div className="list">
          <ProblemTable problems={outcome.problems} importer={importer} />
          {outcome.rejected > outcome.problems.length && (
            <p className="muted import-under">
              {t('rejected.rest', {
                count: outcome.rejected - outcome.problems.length,
                shown: format.number(outcome.rejected - outcome.problems.length),
              })}
            </p>
          )}
        </div>
      )}
      {!of.dryRun && of.state === 'done' && of.hasRejects && (
        <ol className="import-how">
          <li>{t('rejected.how1')}</li>
          <li>{t('rejected.how2')}</li>
          <li>
            <Link to={`/import?kind=${of.importer}&source=${encodeURIComponent(of.mapping.source)}`}>{t('rejected.how3')}</Link>
          </li>
        </ol>
      )}
    </Section>
  )
}
