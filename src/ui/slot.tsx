/**
 * Where a page lets other modules speak: it renders the panels that modules contribute to the slot, in their order.
 *
 *   <Slot name="customer" give={{ customerId }} />                        each panel in a titled section
 *   <Slot name="customer.head" give={{ customerId }} bare />              without headings
 *   const panels = usePanels('settings')                                  for tabs or a table of contents: panel.id, panel.title, <panel.component …/>
 *
 * A panel that fails or that the user may not see leaves the others alone.
 */
import { type ComponentType, createElement, type LazyExoticComponent, Suspense, use } from 'react'
import { Boundary } from './boundary.tsx'
import { Loading, Section } from './page.tsx'
import { RegistryContext } from './registry.ts'
import type { PanelOf, SlotName, Slots } from './screens.ts'
import { useSession } from './session.ts'
import { fetchWords, useWords } from './words.ts'

export interface ShownPanel<S extends SlotName> {
  readonly id: string
  readonly title: string
  readonly component: LazyExoticComponent<ComponentType<Slots[S]>>
}

export function usePanels<S extends SlotName>(name: S): readonly ShownPanel<S>[] {
  const t = useWords('ui')
  const { may } = useSession()
  return use(RegistryContext)
    .flatMap(({ module, panels }) => (panels ?? []).map((panel) => ({ module, panel: panel as unknown as PanelOf<S> })))
    .filter(({ panel }) => panel.slot === name && (!panel.permission || may(panel.permission)))
    .sort((a, b) => a.panel.order - b.panel.order)
    .map(({ module, panel }) => {
      // Beside the code of the panel, not after it.
      void fetchWords(module).catch(() => {})
      return { id: `${module}-${panel.order}`, title: t(`${module}:${panel.label}`), component: panel.component }
    })
}

export function Slot<S extends SlotName>({ name, give, bare = false }: { name: S; give: Slots[S]; bare?: boolean }) {
  return usePanels(name).map(({ id, title, component }) => {
    const panel = (
      <Boundary key={id}>
        <Suspense fallback={bare ? null : <Loading lines={3} />}>{createElement(component as ComponentType<object>, give)}</Suspense>
      </Boundary>
    )
    return bare ? (
      panel
    ) : (
      <Section key={id} title={title}>
        {panel}
      </Section>
    )
  })
}
