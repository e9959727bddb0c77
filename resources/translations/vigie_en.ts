<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>AccountRow</name>
        <message numerus="yes">
            <source>%n replies a day</source>
            <translation>
                <numerusform>%n reply a day</numerusform>
                <numerusform>%n replies a day</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AlertNotices</name>
        <message numerus="yes">
            <source>%n negative mention(s)</source>
            <translation>
                <numerusform>%n negative mention</numerusform>
                <numerusform>%n negative mentions</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n negative mention(s) of {brand}</source>
            <translation>
                <numerusform>%n negative mention of {brand}</numerusform>
                <numerusform>%n negative mentions of {brand}</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BrandEditor</name>
        <message numerus="yes">
            <source>%n stored post(s) are about it, described like this.</source>
            <translation>
                <numerusform>%n stored post is about it, described like this.</numerusform>
                <numerusform>%n stored posts are about it, described like this.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DetailHead</name>
        <message numerus="yes">
            <source>%n follower(s)</source>
            <translation>
                <numerusform>%n follower</numerusform>
                <numerusform>%n followers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n other mention(s)</source>
            <translation>
                <numerusform>%n other mention</numerusform>
                <numerusform>%n other mentions</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FeedRow</name>
        <message numerus="yes">
            <source>%n item(s)</source>
            <translation>
                <numerusform>%n item</numerusform>
                <numerusform>%n items</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{items}, %n about {brand}</source>
            <translation>
                <numerusform>{items}, %n about {brand}</numerusform>
                <numerusform>{items}, %n about {brand}</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FirstStartView</name>
        <message numerus="yes">
            <source>%n mention(s) found</source>
            <translation>
                <numerusform>%n mention found</numerusform>
                <numerusform>%n mentions found</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FoundCard</name>
        <message numerus="yes">
            <source>%n feed(s) found</source>
            <translation>
                <numerusform>%n feed found</numerusform>
                <numerusform>%n feeds found</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Add %n source(s)</source>
            <translation>
                <numerusform>Add %n source</numerusform>
                <numerusform>Add %n sources</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MentionTable</name>
        <message numerus="yes">
            <source>%n new</source>
            <translation>
                <numerusform>%n new</numerusform>
                <numerusform>%n new</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Navigation</name>
        <message numerus="yes">
            <source>%n need(s) you</source>
            <translation>
                <numerusform>%n needs you</numerusform>
                <numerusform>%n need you</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Post</name>
        <message numerus="yes">
            <source>%n like(s)</source>
            <translation>
                <numerusform>%n like</numerusform>
                <numerusform>%n likes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of 5 stars</source>
            <translation>
                <numerusform>%n of 5 stars</numerusform>
                <numerusform>%n of 5 stars</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n reply(ies)</source>
            <translation>
                <numerusform>%n reply</numerusform>
                <numerusform>%n replies</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n share(s)</source>
            <translation>
                <numerusform>%n share</numerusform>
                <numerusform>%n shares</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Proposals</name>
        <message numerus="yes">
            <source>%n in the last 7 days</source>
            <translation>
                <numerusform>%n in the last 7 days</numerusform>
                <numerusform>%n in the last 7 days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n older</source>
            <translation>
                <numerusform>%n older</numerusform>
                <numerusform>%n older</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>at least %n in the last 7 days</source>
            <translation>
                <numerusform>at least %n in the last 7 days</numerusform>
                <numerusform>at least %n in the last 7 days</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ProposedExclusions</name>
        <message numerus="yes">
            <source>%n post(s)</source>
            <translation>
                <numerusform>%n post</numerusform>
                <numerusform>%n posts</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ProposedSources</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Related</name>
        <message numerus="yes">
            <source>By the same author · %n other(s)</source>
            <translation>
                <numerusform>By the same author · %n other</numerusform>
                <numerusform>By the same author · %n others</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ReplyPanel</name>
        <message numerus="yes">
            <source>%n character(s)</source>
            <translation>
                <numerusform>%n character</numerusform>
                <numerusform>%n characters</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ReplySending</name>
        <message numerus="yes">
            <source>The reply is sent in %n second(s). Cancel to change it.</source>
            <translation>
                <numerusform>The reply is sent in %n second. Cancel to change it.</numerusform>
                <numerusform>The reply is sent in %n seconds. Cancel to change it.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SettingsView</name>
        <message numerus="yes">
            <source>%n second(s)</source>
            <translation>
                <numerusform>%n second</numerusform>
                <numerusform>%n seconds</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SourcePanel</name>
        <message numerus="yes">
            <source>%n item(s) read so far</source>
            <translation>
                <numerusform>%n item read so far</numerusform>
                <numerusform>%n items read so far</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n mention(s)</source>
            <translation>
                <numerusform>%n mention</numerusform>
                <numerusform>%n mentions</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Sources</name>
        <message numerus="yes">
            <source>%n brand(s)</source>
            <translation>
                <numerusform>%n brand</numerusform>
                <numerusform>%n brands</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n cannot be read at the moment.</source>
            <translation>
                <numerusform>%n cannot be read at the moment.</numerusform>
                <numerusform>%n cannot be read at the moment.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n is/are gone for good.</source>
            <translation>
                <numerusform>%n is gone for good.</numerusform>
                <numerusform>%n are gone for good.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n known already.</source>
            <translation>
                <numerusform>%n known already.</numerusform>
                <numerusform>%n known already.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n line(s) could not be used: {lines}</source>
            <translation>
                <numerusform>%n line could not be used: {lines}</numerusform>
                <numerusform>%n lines could not be used: {lines}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n may have missed posts.</source>
            <translation>
                <numerusform>%n may have missed posts.</numerusform>
                <numerusform>%n may have missed posts.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n need(s) you.</source>
            <translation>
                <numerusform>%n needs you.</numerusform>
                <numerusform>%n need you.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n rival(s)</source>
            <translation>
                <numerusform>%n rival</numerusform>
                <numerusform>%n rivals</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n source(s) added.</source>
            <translation>
                <numerusform>%n source added.</numerusform>
                <numerusform>%n sources added.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n source(s) listening</source>
            <translation>
                <numerusform>%n source listening</numerusform>
                <numerusform>%n sources listening</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n unreadable item(s)</source>
            <translation>
                <numerusform>%n unreadable item</numerusform>
                <numerusform>%n unreadable items</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It waits for its turn at {host}, which allows one request every %n second(s): {moment}.</source>
            <translation>
                <numerusform>It waits for its turn at {host}, which allows one request a second: {moment}.</numerusform>
                <numerusform>It waits for its turn at {host}, which allows one request every %n seconds: {moment}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>None of the %n source(s) can be read at the moment.</source>
            <translation>
                <numerusform>None of the %n sources can be read at the moment.</numerusform>
                <numerusform>None of the %n sources can be read at the moment.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>You seem to be offline: none of the %n source(s) could be reached.</source>
            <translation>
                <numerusform>You seem to be offline: none of the %n sources could be reached.</numerusform>
                <numerusform>You seem to be offline: none of the %n sources could be reached.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>every %n day(s)</source>
            <translation>
                <numerusform>every day</numerusform>
                <numerusform>every %n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>every %n hour(s)</source>
            <translation>
                <numerusform>every hour</numerusform>
                <numerusform>every %n hours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>every %n minute(s)</source>
            <translation>
                <numerusform>every minute</numerusform>
                <numerusform>every %n minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SourcesView</name>
        <message numerus="yes">
            <source>%n source(s) written to {file}.</source>
            <translation>
                <numerusform>%n source written to {file}.</numerusform>
                <numerusform>%n sources written to {file}.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>StatusBar</name>
        <message numerus="yes">
            <source>%n cannot be read</source>
            <translation>
                <numerusform>%n cannot be read</numerusform>
                <numerusform>%n cannot be read</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n need(s) you</source>
            <translation>
                <numerusform>%n needs you</numerusform>
                <numerusform>%n need you</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n source(s) listening</source>
            <translation>
                <numerusform>%n source listening</numerusform>
                <numerusform>%n sources listening</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Tray</name>
        <message numerus="yes">
            <source>Vigie: %n to answer</source>
            <translation>
                <numerusform>Vigie: %n to answer</numerusform>
                <numerusform>Vigie: %n to answer</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TrialResult</name>
        <message numerus="yes">
            <source>%n about your brands</source>
            <translation>
                <numerusform>%n about your brands</numerusform>
                <numerusform>%n about your brands</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n post(s) now</source>
            <translation>
                <numerusform>%n post now</numerusform>
                <numerusform>%n posts now</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>When</name>
        <message numerus="yes">
            <source>%n day(s) ago</source>
            <translation>
                <numerusform>%n day ago</numerusform>
                <numerusform>%n days ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n h ago</source>
            <translation>
                <numerusform>%n h ago</numerusform>
                <numerusform>%n h ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n min ago</source>
            <translation>
                <numerusform>%n min ago</numerusform>
                <numerusform>%n min ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>in %n h</source>
            <translation>
                <numerusform>in %n h</numerusform>
                <numerusform>in %n h</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>in %n min</source>
            <translation>
                <numerusform>in %n min</numerusform>
                <numerusform>in %n min</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Words</name>
        <message numerus="yes">
            <source>%n outlet(s)</source>
            <translation>
                <numerusform>%n outlet</numerusform>
                <numerusform>%n outlets</numerusform>
            </translation>
        </message>
    </context>
</TS>
