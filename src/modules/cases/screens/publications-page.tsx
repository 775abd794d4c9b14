import { Button, Segmented } from 'antd'
import { Link, useParams, useSearchParams } from 'react-router'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Loading, Page, Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { usePages, useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { publicationStates } from '../domain/publication.ts'
import { CaseCustomer } from './case-customer.tsx'
import { PublicationCard } from './publication-card.tsx'
import './cases.css'
import './voice.css'

/** What was and is to be said in public about what customers said. */
export function PublicationsPage() {
  const t = useWords('cases')
  const ui = useWords('ui')
  const [params, setParams] = useSearchParams()
  const state = publicationStates.find((one) => one === params.get('state')) ?? null
  const pages = usePages(casesApi.publications, state ? { state: [state] } : {})
  return (
    <Page
      title={t('publication.title')}
      about={t('publication.about')}
      width="reading"
      actions={
        <>
          <Link to="/cases/voice">{t('voice.title')}</Link>
          <a href="/p/said" target="_blank" rel="noreferrer">
            {t('publication.page')}
          </a>
        </>
      }
    >
      <p className="voice-filter">
        <Segmented
          aria-label={t('field.state')}
          value={state ?? 'all'}
          onChange={(value) => setParams(value === 'all' ? {} : { state: value }, { replace: true })}
          options={[
            { value: 'all', label: t('publication.everyState') },
            ...publicationStates.map((value) => ({ value: value as string, label: t(`publication.state.${value}`) })),
          ]}
        />
      </p>
      <Refused problem={pages.problem} again={pages.again} />
      {pages.isPending ? (
        <Loading lines={8} />
      ) : pages.items.length === 0 ? (
        <Empty title={t('publication.none')} action={<Link to="/cases/voice">{t('voice.title')}</Link>}>
          {t('publication.noneHelp')}
        </Empty>
      ) : (
        pages.items.map((one) => (
          <PublicationCard key={one.id} of={one}>
            <p>
              <Link to={`/cases/publications/${one.id}`}>{t('publication.casesOf', { count: one.cases })}</Link>
            </p>
          </PublicationCard>
        ))
      )}
      {pages.hasMore && (
        <Button onClick={pages.more} loading={pages.isLoadingMore}>
          {ui('table.more')}
        </Button>
      )}
    </Page>
  )
}

/** One of them, with those who said it. */
export function PublicationPage() {
  const t = useWords('cases')
  const format = useFormat()
  const { publicationId = '' } = useParams()
  const found = useRead(casesApi.publication, { publicationId })
  return (
    <Page title={t('publication.title')} width="reading" actions={<Link to="/cases/publications">{t('publication.title')}</Link>}>
      <Loaded of={found}>
        {(one) => (
          <>
            <PublicationCard of={one} />
            <Section title={t('publication.cases')}>
              <ul className="plain-list">
                {one.cases.map((row) => (
                  <li key={row.id} className="row">
                    <Link to={`/cases/${row.id}`}>
                      <span className="case-number">{row.number}</span> {row.subject}
                    </Link>
                    <CaseCustomer of={row.customer} />
                    <span className="muted">
                      {row.toldAt ? t('publication.toldOn', { day: format.instant(row.toldAt) }) : t('publication.notTold')}
                    </span>
                  </li>
                ))}
              </ul>
              {one.hidden > 0 && <p className="muted">{t('publication.hidden', { count: one.hidden })}</p>}
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}
