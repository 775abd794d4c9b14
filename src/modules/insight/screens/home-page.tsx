import { Button } from 'antd'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { Slot } from '#ui/slot.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { insightApi } from '../api.ts'
import { DemoOffer } from './demo-offer.tsx'
import { KeepingChart } from './keeping-chart.tsx'
import { LoopMap } from './loop-map.tsx'
import { NextSteps } from './next-steps.tsx'
import './insight.css'

export type Home = ResultOf<typeof insightApi.home>

/** Where everybody begins: the loop with the company's figures, and what to do next. */
export function HomePage() {
  const t = useWords('insight')
  const format = useFormat()
  const { profile, may } = useSession()
  const home = useRead(insightApi.home, {}, { enabled: may('insight.read') })
  const asOf = home.data?.value?.asOf
  return (
    <Page title={t('home.title')} heading={profile.name} about={asOf ? t('home.asOf', { day: format.day(asOf) }) : t('home.about')}>
      {may('insight.read') && <Loaded of={home}>{(data) => (data.know.customers === 0 ? <Begin /> : <Loop home={data} />)}</Loaded>}
      <Slot name="home" give={{}} />
    </Page>
  )
}

function Loop({ home }: { home: Home }) {
  const t = useWords('insight')
  return (
    <>
      <LoopMap home={home} />
      <Section title={t('next.title')} about={home.next.length > 0 ? undefined : t('next.nothing')}>
        <span id="next" />
        <NextSteps steps={home.next} />
      </Section>
      {home.keep && (
        <Section title={t('keeping.title')} about={t('keeping.about')}>
          <KeepingChart months={home.keep.months} />
        </Section>
      )}
    </>
  )
}

/** An empty book: the two ways to fill it. */
function Begin() {
  const t = useWords('insight')
  const { may } = useSession()
  const mayImport = may('imports.write')
  return (
    <div className="cards">
      <Section title={t('begin.own')}>
        <Empty
          title={t('begin.empty')}
          action={
            mayImport && (
              <Link to="/import">
                <Button type="primary">{t('begin.import')}</Button>
              </Link>
            )
          }
        >
          {mayImport ? t('begin.ownText') : t('begin.ask')}
        </Empty>
      </Section>
      {may('demo.load') && (
        <Section title={t('demo.title')}>
          <DemoOffer />
        </Section>
      )}
    </div>
  )
}
