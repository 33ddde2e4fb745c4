// Microsoft's clouds: each has its own hosts, issuers and scopes.

export interface Cloud {
  /** The issuer of the tokens that Teams sends us. */
  readonly issuer: string;
  /** The OpenID document that names the keys of these tokens. */
  readonly keysUrl: string;
  /** The host that gives us tokens. */
  readonly login: string;
  /** The resource that our tokens are for. */
  readonly resource: string;
  /** The audience of tokens with which another identity vouches for our app. */
  readonly exchange: string;
  /** Hosts of people's files: OneDrive for work, which is SharePoint. */
  readonly files: RegExp;
}

export type CloudName = 'public' | 'us-government' | 'us-dod' | 'china';

const US: Cloud = {
  issuer: 'https://api.botframework.us',
  keysUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  login: 'https://login.microsoftonline.us',
  resource: 'https://api.botframework.us',
  exchange: 'api://AzureADTokenExchangeUSGov',
  files: /^[\w-]+(?:\.[\w-]+)*\.sharepoint\.us$/u,
};

// https://learn.microsoft.com/microsoftteams/platform/teams-sdk/essentials/app-configuration/sovereign-cloud
export const CLOUDS: Readonly<Record<CloudName, Cloud>> = {
  public: {
    issuer: 'https://api.botframework.com',
    keysUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    login: 'https://login.microsoftonline.com',
    resource: 'https://api.botframework.com',
    exchange: 'api://AzureADTokenExchange',
    files: /^[\w-]+(?:\.[\w-]+)*\.sharepoint\.com$/u,
  },
  'us-government': US,
  'us-dod': { ...US, files: /^[\w-]+(?:\.[\w-]+)*\.(?:sharepoint-mil\.us|dps\.mil)$/u },
  china: {
    issuer: 'https://api.botframework.azure.cn',
    keysUrl: 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
    login: 'https://login.partner.microsoftonline.cn',
    resource: 'https://api.botframework.azure.cn',
    exchange: 'api://AzureADTokenExchangeChina',
    files: /^[\w-]+(?:\.[\w-]+)*\.sharepoint\.cn$/u,
  },
};
