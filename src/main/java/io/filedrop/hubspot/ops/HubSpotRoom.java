package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.hubspot.Allowance;
import io.filedrop.hubspot.hubspot.Availability;
import io.filedrop.hubspot.hubspot.BearerToken;
import io.filedrop.hubspot.hubspot.HubSpotSettings;
import io.filedrop.hubspot.hubspot.Pacer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts together what calls HubSpot. */
@Singleton
class HubSpotRoom {

    @Produces
    @Singleton
    Pacer pacer(HubSpotSettings hubspot) {
        return new Pacer(hubspot.rateLimit(), System::nanoTime);
    }

    @Produces
    @Singleton
    Availability availability(HubSpotSettings hubspot) {
        return new Availability(System::nanoTime, hubspot.waits().parked());
    }

    @Produces
    @Singleton
    Allowance allowance() {
        return new Allowance();
    }

    @Produces
    @Singleton
    BearerToken bearerToken(HubSpotSettings hubspot) {
        return new BearerToken(hubspot.credentials(), System::nanoTime);
    }
}
