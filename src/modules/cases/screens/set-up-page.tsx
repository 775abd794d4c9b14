import { Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { Page } from '#ui/page.tsx'
import { useWords } from '#ui/words.ts'
import { AuthoritySetUp } from './set-up-authority.tsx'
import { BodiesSetUp } from './set-up-bodies.tsx'
import { CausesSetUp } from './set-up-causes.tsx'
import { OffersSetUp } from './set-up-offers.tsx'
import { RoutesSetUp } from './set-up-routes.tsx'
import { StaffRulesSetUp } from './set-up-staff-rules.tsx'
import './cases.css'

const parts = {
  routes: RoutesSetUp,
  causes: CausesSetUp,
  remedies: OffersSetUp,
  bodies: BodiesSetUp,
  authority: AuthoritySetUp,
  staff: StaffRulesSetUp,
} as const
type Part = keyof typeof parts

/** By what complaints are handled: who answers, what brings them about, what is offered, to whom else customers can turn, who approves, and what follows for staff. */
export function SetUpPage() {
  const t = useWords('cases')
  const [params, setParams] = useSearchParams()
  const keys = Object.keys(parts) as Part[]
  const part = keys.find((key) => key === params.get('part')) ?? 'routes'
  return (
    <Page title={t('setUp.title')} about={t('setUp.about')}>
      <Tabs
        activeKey={part}
        onChange={(key) => setParams({ part: key }, { replace: true })}
        destroyOnHidden
        items={keys.map((key) => {
          const Content = parts[key]
          return { key, label: t(`setUp.${key}.title`), children: <Content /> }
        })}
      />
    </Page>
  )
}
