import { Random } from './random';
import type { Generation } from './generation';
import type { Column } from '../../common/kqlTypes';
import { DAY, HOUR } from './storyTime';
import { TableRows } from './tableRows';
import { company } from './world/company';
import { cloudEgress, offices } from './world/offices';
import { leavers, serviceAccounts } from './world/people';

interface Watchlist {
  readonly alias: string;
  readonly title: string;
  /** The column that identifies an item. */
  readonly key: string;
  readonly columns: readonly string[];
  readonly items: readonly (readonly string[])[];
}

const fixedColumns: readonly Column[] = [
  { name: '_DTItemId', type: 'string' },
  { name: 'LastUpdatedTimeUTC', type: 'datetime' },
  { name: 'SearchKey', type: 'string' },
];

/** Names of the tables that hold watchlists in the sample database. */
export function watchlistRelation(alias: string): string {
  return `_watchlist_${alias}`;
}

/** The watchlists as `_GetWatchlist` returns them: fixed columns, then the list's own, which are strings. */
export function watchlistTables(generation: Generation): readonly TableRows[] {
  return watchlists(generation).map((watchlist) => {
    const columns = [...fixedColumns, ...watchlist.columns.map((name): Column => ({ name, type: 'string' }))];
    const rows = new TableRows(watchlist.alias, generation.period, {}, columns);
    for (const { id, time, key, values } of items(watchlist)) {
      rows.add(time, { _DTItemId: id, LastUpdatedTimeUTC: time, SearchKey: key, ...values });
    }
    return rows;
  });
}

/** Watchlist: the same items in the table that Sentinel keeps them in. */
export function watchlistTable(generation: Generation): TableRows {
  const rows = generation.rows('Watchlist', {
    AzureTenantId: company.tenantId,
    SourceSystem: 'Azure',
    Provider: 'Custom',
    _DTItemStatus: 'Create',
    _DTItemType: 'watchlist-item',
  });
  for (const watchlist of watchlists(generation)) {
    for (const { id, time, key, values } of items(watchlist)) {
      rows.add(time, {
        _DTItemId: id,
        LastUpdatedTimeUTC: time,
        SearchKey: key,
        WatchlistAlias: watchlist.alias,
        WatchlistName: watchlist.title,
        WatchlistItem: JSON.stringify(values),
        WatchlistItemId: id,
        CreatedTimeUTC: time,
      });
    }
  }
  return rows;
}

function items(
  watchlist: Watchlist,
): readonly { readonly id: string; readonly time: number; readonly key: string; readonly values: Readonly<Record<string, string>> }[] {
  const random = new Random(`watchlist ${watchlist.alias}`);
  const time = -random.whole(9, 13) * DAY + 9 * HOUR;
  return watchlist.items.map((item, index) => {
    const values = Object.fromEntries(watchlist.columns.map((name, position) => [name, item[position] ?? '']));
    return { id: random.guid(), time: time + index * 10, key: values[watchlist.key] ?? '', values };
  });
}

function watchlists(generation: Generation): readonly Watchlist[] {
  const { world } = generation;
  const asset = (name: string, criticality: string): readonly string[] => {
    const device = world.device(name);
    return [device.name, device.computer, device.ip, device.role, criticality];
  };
  return [
    {
      alias: 'VIPUsers',
      title: 'VIP users',
      key: 'UserPrincipalName',
      columns: ['UserPrincipalName', 'DisplayName', 'Department', 'Title'],
      items: world.people
        .filter(({ important }) => important)
        .map((person) => [person.upn, person.displayName, person.department, person.title]),
    },
    {
      alias: 'HighValueAssets',
      title: 'High value assets',
      key: 'AssetName',
      columns: ['AssetName', 'FQDN', 'IPAddress', 'Role', 'Criticality'],
      items: [
        asset('DC01', 'Critical'),
        asset('DC02', 'Critical'),
        asset('AADC01', 'Critical'),
        asset('FS01', 'High'),
        asset('SQL01', 'High'),
        asset('SQL02', 'High'),
        asset('BKP01', 'High'),
      ],
    },
    {
      alias: 'CorporateNetworks',
      title: 'Corporate networks',
      key: 'Subnet',
      columns: ['Subnet', 'Location', 'Country', 'Kind'],
      items: [
        ...offices.flatMap((office) => [
          ...office.egress.map((address) => [`${address}/32`, office.city, office.country, 'Egress']),
          [`${office.network}.0.0/16`, office.city, office.country, 'Private'],
        ]),
        [`${cloudEgress}/32`, 'Azure UK South', 'GB', 'Egress'],
        ['10.20.0.0/16', 'Azure UK South', 'GB', 'Private'],
      ],
    },
    {
      alias: 'TerminatedEmployees',
      title: 'Terminated employees',
      key: 'UserPrincipalName',
      columns: ['UserPrincipalName', 'DisplayName', 'LastDay', 'Office'],
      items: leavers.map((leaver) => [
        `${leaver.name}@${company.domain}`,
        leaver.displayName,
        generation.iso(leaver.lastDay * DAY).slice(0, 10),
        leaver.office.city,
      ]),
    },
    {
      alias: 'ServiceAccounts',
      title: 'Service accounts',
      key: 'AccountName',
      columns: ['AccountName', 'UserPrincipalName', 'Purpose', 'Owner'],
      items: serviceAccounts.map((account) => [account.name, account.upn, account.purpose, account.owner]),
    },
  ];
}
