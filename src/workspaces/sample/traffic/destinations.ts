import { type Image, images } from '../processes/images';

/** A service that people and machines use. */
export interface Destination {
  readonly domain: string;
  readonly addresses: readonly string[];
  readonly port: number;
  readonly application: string;
  /** Bytes sent in a usual connection. */
  readonly sent: number;
}

function destination(domain: string, addresses: readonly string[], application: string, sent = 6_000, port = 443): Destination {
  return { domain, addresses, application, sent, port };
}

const exchange = destination('outlook.office365.com', ['52.96.165.18', '52.96.222.194', '52.98.207.178'], 'ms-office365', 14_000);
const teams = destination('teams.microsoft.com', ['52.113.194.132', '52.123.128.14'], 'ms-teams', 30_000);
const sharePoint = destination('contoso.sharepoint.com', ['13.107.136.10', '13.107.138.10'], 'sharepoint-online', 22_000);
const signIn = destination('login.microsoftonline.com', ['40.126.31.67', '20.190.159.4', '40.126.32.134'], 'ms-office365');
const graph = destination('graph.microsoft.com', ['20.190.151.70', '40.126.53.12'], 'ms-office365');
const crm = destination('crm.contoso-apps.example', ['198.19.20.10'], 'ssl', 9_000);
const news = destination('www.worldnews.example', ['198.19.33.7', '198.19.33.8'], 'web-browsing', 3_000);
const travel = destination('booking.travelhub.example', ['198.19.40.21'], 'ssl');
const cdn = destination('static.fastedge.example', ['198.19.50.3', '198.19.50.4', '198.19.50.9'], 'ssl', 1_500);
const github = destination('github.com', ['140.82.121.3', '140.82.121.4'], 'github', 12_000);
const registry = destination('packages.devmirror.example', ['198.19.61.5'], 'ssl', 2_500);
const bing = destination('www.bing.com', ['204.79.197.200', '13.107.21.200'], 'ssl', 2_800);
export const updates = destination('update.delivery.mp.microsoft.com', ['20.109.209.108', '4.245.163.56'], 'ms-update', 2_000);
export const telemetry = destination('settings-win.data.microsoft.com', ['51.104.136.2', '20.73.194.208'], 'ssl', 1_800);
export const azureManagement = destination('management.azure.com', ['20.61.98.193', '4.150.240.10'], 'azure', 3_500);

/** Where each program connects to. */
export const destinationsOf: ReadonlyMap<Image, readonly Destination[]> = new Map<Image, readonly Destination[]>([
  [images.edge, [sharePoint, crm, news, travel, cdn, bing, signIn, exchange]],
  [images.chrome, [sharePoint, crm, news, cdn, cdn, github]],
  [images.outlook, [exchange, exchange, signIn, graph]],
  [images.teams, [teams, teams, graph]],
  [images.oneDrive, [sharePoint, graph]],
  [images.excel, [sharePoint, graph]],
  [images.word, [sharePoint, graph]],
  [images.code, [github, registry, telemetry]],
  [images.git, [github]],
  [images.node, [registry]],
]);
