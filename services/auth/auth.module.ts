import { AuthService } from '@pasar/contracts/pasar/auth/v1/auth_pb';
import { OAuthService } from '@pasar/contracts/pasar/auth/v1/oauth_pb';
import { packageResource } from '@pasar/platform/resource';
import { platformMigrations, type ServiceDefinition } from '@pasar/platform/service';
import { Accounts } from './accounts.js';
import { Apps } from './apps.js';
import { AuthConfig } from './config.js';
import { AuthConsumers } from './consumers.js';
import { AuthJobs } from './jobs.js';
import { KeyRing } from './key-ring.js';
import { OAuthRpc } from './oauth-rpc.js';
import { AuthorizationServer } from './oauth-server.js';
import { OutsideProvider } from './outside-provider.js';
import { OutsideSignIn } from './outside-sign-in.js';
import { PasswordHasher } from './password-hasher.js';
import { Passwords } from './passwords.js';
import { Roles } from './roles.js';
import { AuthRpc } from './rpc.js';
import { SecondFactor } from './second-factor.js';
import { Sessions } from './sessions.js';
import { SignInPages } from './sign-in-pages.js';

export const authService: ServiceDefinition = {
  name: 'auth',
  config: AuthConfig,
  migrations: [platformMigrations.messaging, packageResource(import.meta.url, 'migrations')],
  serves: [
    [AuthService, AuthRpc],
    [OAuthService, OAuthRpc],
  ],
  calls: [],
  consumes: [AuthConsumers],
  jobs: [AuthJobs],
  providers: [
    Accounts,
    Sessions,
    Passwords,
    SecondFactor,
    OutsideProvider,
    OutsideSignIn,
    Apps,
    AuthorizationServer,
    SignInPages,
    Roles,
    KeyRing,
    PasswordHasher,
  ],
};
